import { needs } from '@mensageria/testkit/needs'
import { describeOperations } from './operations.ts'
import { openCloudStories } from './story-system.ts'

const { describe } = needs('emulators')

describe('with the emulators', () => describeOperations('the Google Cloud engine', openCloudStories))
