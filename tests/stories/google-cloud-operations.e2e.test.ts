import { describeOperations } from './operations.ts'
import { openCloudStories } from './story-system.ts'

describeOperations('the Google Cloud engine', openCloudStories)
