import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { startIntegration } from '@mensageria/runtime'
import { senninha } from './integration.ts'

await startIntegration(senninha, { openLedger: openGoogleCloudLedger })
