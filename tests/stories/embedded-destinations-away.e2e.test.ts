import { needs } from '@mensageria/testkit/needs'
import { describeDestinationsAway } from './destinations-away.ts'
import { openEmbeddedDestinations } from './destinations-systems.ts'

const { describe } = needs('rabbitmq', 'kafka', 'moto')

describe('with the brokers', () => describeDestinationsAway('the embedded engine', openEmbeddedDestinations))
