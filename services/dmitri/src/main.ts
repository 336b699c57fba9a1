import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { startIntegration } from '@mensageria/runtime'
import { dmitri } from './integration.ts'

await startIntegration(dmitri, { openLedger: openGoogleCloudLedger })
