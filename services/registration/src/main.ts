import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { run } from './run.ts'

await run({ openStore: openGoogleCloudStore, openPublisher: openGoogleCloudPublisher })
