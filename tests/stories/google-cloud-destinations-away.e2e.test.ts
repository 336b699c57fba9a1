import { needs } from '@mensageria/testkit/needs'
import { describeDestinationsAway } from './destinations-away.ts'
import { openCloudDestinations } from './destinations-systems.ts'

const { describe } = needs('emulators', 'rabbitmq', 'kafka', 'moto')

describe('with emulators and brokers', () =>
  describeDestinationsAway('the Google Cloud engine', openCloudDestinations))
