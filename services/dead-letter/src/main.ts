import { getTestServer } from '@google-cloud/functions-framework/testing'
import { createPark } from '@mensageria/core'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import {
  CloudConfig,
  createDeadLetterHandler,
  createLocalVerifier,
  createOidcVerifier,
  createSystemClock,
  createSystemIds,
  listenFunction,
  loadPushSecurity,
  startProcess,
} from '@mensageria/runtime'
import { DEAD_LETTER_FUNCTION, registerDeadLetter } from './register-dead-letter.ts'

await startProcess(
  'dead-letter',
  CloudConfig,
  async ({ config, env, logger, onCloudRun, host, store: options }) => {
    const clock = createSystemClock()
    // Two compositions: tokens are checked, or this is one machine and nobody else can reach it.
    const verify = onCloudRun
      ? await createOidcVerifier({ ...loadPushSecurity(env), clock, logger })
      : createLocalVerifier()
    const store = await openGoogleCloudStore({ ...options, integrations: [] })
    const { ledger, unreadable } = store
    const park = createPark({ ledger, clock, ids: createSystemIds() })
    registerDeadLetter({
      verify,
      handle: createDeadLetterHandler({ park, unreadable, clock, logger }),
      logger,
    })
    const listening = await listenFunction(getTestServer(DEAD_LETTER_FUNCTION), { host, port: config.PORT })
    return {
      url: listening.url,
      close: async () => {
        await listening.close()
        await store.close()
      },
    }
  },
)
