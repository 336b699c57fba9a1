import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { run } from './run.ts'

await run({ openStore: openGoogleCloudStore })
