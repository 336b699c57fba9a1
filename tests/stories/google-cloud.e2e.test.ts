import { describeStories } from './stories.ts'
import { openCloudStories } from './story-system.ts'

describeStories('the Google Cloud engine', openCloudStories)
