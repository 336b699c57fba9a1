import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { startConsole } from './start-console.ts'

await startConsole({ openOperations: openGoogleCloudOperations, openPublisher: openGoogleCloudPublisher })
