import { openGoogleCloudOperations } from '@mensageria/google-cloud/operations'
import { startConsole } from './start-console.ts'

await startConsole({ openOperations: openGoogleCloudOperations })
