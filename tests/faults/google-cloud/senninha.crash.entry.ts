// Senninha as services/senninha/src/main.ts starts it, but it kills itself with SIGKILL at the step CRASH_AT.
import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { startIntegration } from '@mensageria/runtime'
import { senninha } from '@mensageria/senninha'
import { crashingLedger, createCrash } from '../../support/crash.ts'

const at = createCrash(process.env)

await startIntegration(
  {
    ...senninha,
    deliver: async (event, context) => {
      const outcome = await senninha.deliver(event, context)
      at('after-call')
      return outcome
    },
  },
  {
    openLedger: async (options) => {
      const opened = await openGoogleCloudLedger(options)
      return { ...opened, ledger: crashingLedger(opened.ledger, senninha.name, at) }
    },
  },
)
