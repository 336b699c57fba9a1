import type { AuthenticationKind } from '@mensageria/contracts'
import { ConfigError } from '../base/config.ts'
import { isThisMachine } from '../base/loopback.ts'
import type { Logger } from '../logging/logger.ts'

// A signature gives nothing away by which somebody else could sign.
const GIVES_AWAY: ReadonlySet<AuthenticationKind> = new Set([
  'bearer',
  'api-key',
  'basic',
  'oauth2-client-credentials',
  'google-id-token',
  'mtls',
])

/**
 * Refuses a credential that would go over the network without TLS. The bearer token of a list that says nothing of authentication
 * is a warning: such a configuration started in release 0.1, and must go on delivering (ADR 0036).
 */
export const requireTls = (
  name: string,
  url: URL,
  { kind, isSaid }: { kind: AuthenticationKind; isSaid: boolean },
  logger: Pick<Logger, 'warn'> | undefined,
): void => {
  if (url.protocol === 'https:' || isThisMachine(url) || !GIVES_AWAY.has(kind)) return
  const words = `${name} is called over http:// with ${kind}, which anybody on the way can read: use https://`
  if (isSaid) throw new ConfigError(words)
  logger?.warn(words)
}
