import { needs } from '@mensageria/testkit/needs'
import { describeStories } from './stories.ts'
import { openCloudStories } from './story-system.ts'

const { describe } = needs('emulators')

describe('with the emulators', () => describeStories('the Google Cloud engine', openCloudStories))
