import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { startRegistration } from './start-registration.ts'

await startRegistration({ openStore: openGoogleCloudStore, openPublisher: openGoogleCloudPublisher })
