import { defaultProvider } from '@aws-sdk/credential-provider-node'
import { createSystemClock } from '@mensageria/runtime'

type Provider = ReturnType<typeof defaultProvider>

// The SDK keeps what has no end for ever, and asks again five minutes before an end: so each minute.
const KEPT_MS = 6 * 60_000

/**
 * Credentials by the SDK's own chain. A key in a file has no end: it is looked for again each minute, so that a key that a person
 * changes or adds is found without a restart.
 */
export const credentialChain = (): Provider => {
  const clock = createSystemClock()
  return async (properties) => {
    const found = await defaultProvider({ ignoreCache: true })(properties)
    return { ...found, expiration: found.expiration ?? new Date(clock.now() + KEPT_MS) }
  }
}
