import { describeStories } from './stories.ts'
import { openEmbeddedStories } from './story-system.ts'

describeStories('the embedded engine', openEmbeddedStories)
