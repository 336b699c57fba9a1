import { getTestServer } from '@google-cloud/functions-framework/testing'
import { composePark, type Engine } from '@mensageria/core'
import {
  createDeadLetterHandler,
  createLocalVerifier,
  createOidcVerifier,
  createSystemClock,
  createSystemIds,
  listenFunction,
  loadPushSecurity,
  startProcess,
  type CloudStoreOptions,
} from '@mensageria/runtime'
import { DeadLetterConfig } from './config.ts'
import { BODY_LIMIT_BYTES } from './dead-letter-push-handler.ts'
import { DEAD_LETTER_FUNCTION, registerDeadLetter } from './register-dead-letter.ts'

export type DeadLetterOpeners = {
  openStore: (
    options: CloudStoreOptions & { integrations: readonly string[] },
  ) => Promise<Pick<Engine, 'ledger' | 'unreadable'> & { close(): Promise<void> }>
}

/** The whole process that parks dead letters, on an engine; it drains on SIGTERM. */
export const run = ({ openStore }: DeadLetterOpeners): Promise<void> =>
  startProcess(
    'dead-letter',
    DeadLetterConfig,
    async ({ config, env, logger, onCloudRun, host, store: options }) => {
      const clock = createSystemClock()
      // Two compositions: tokens are checked, or this is one machine and nobody else can reach it.
      const verify = onCloudRun
        ? await createOidcVerifier({ ...loadPushSecurity(env), clock, logger })
        : createLocalVerifier()
      const engine = await openStore({ ...options, integrations: [] })
      const park = composePark(engine, { clock, ids: createSystemIds() })
      const { unreadable } = engine
      const handle = createDeadLetterHandler({ park, unreadable, clock, logger })
      registerDeadLetter({ verify, handle, logger })
      const listening = await listenFunction(getTestServer(DEAD_LETTER_FUNCTION), {
        host,
        port: config.PORT,
        bodyLimitBytes: BODY_LIMIT_BYTES,
        allowedHosts: onCloudRun ? undefined : [],
      })
      return {
        url: listening.url,
        close: async () => {
          await listening.close()
          await engine.close()
        },
      }
    },
  )
