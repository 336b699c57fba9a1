import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { run } from './run.ts'

await run({ openLedger: openGoogleCloudLedger })
