import { describeIntegrationLife } from './integration-life.ts'
import { openEmbeddedLife } from './story-system.ts'

describeIntegrationLife('the embedded engine', openEmbeddedLife)
