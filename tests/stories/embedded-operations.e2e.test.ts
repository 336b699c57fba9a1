import { describeOperations } from './operations.ts'
import { openEmbeddedStories } from './story-system.ts'

describeOperations('the embedded engine', openEmbeddedStories)
