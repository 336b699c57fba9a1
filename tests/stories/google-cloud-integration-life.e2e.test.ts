import { describeIntegrationLife } from './integration-life.ts'
import { openCloudLife } from './story-system.ts'

describeIntegrationLife('the Google Cloud engine', openCloudLife)
