import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { startIntegration } from '@mensageria/runtime'
import { maas } from './integration.ts'

await startIntegration(maas, { openLedger: openGoogleCloudLedger })
