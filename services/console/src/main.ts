import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { run } from './run.ts'

await run({ openOperations: openGoogleCloudOperations, openPublisher: openGoogleCloudPublisher })
