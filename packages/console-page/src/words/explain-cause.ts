import { brokerCause, type BrokerCause } from './broker-causes.ts'

/** What is known of a cause: the key of its words, and what goes into them. */
export type CauseExplanation = { key: CauseKey; status?: string; code?: string }

const KNOWN = [
  'timeout',
  'connect-timeout',
  'connection-refused',
  'connection-reset',
  'unreachable',
  'network',
  'dns',
  'tls',
  'invalid-response',
  'unexpected-body',
  'client-closed',
  'aborted',
  'defect',
] as const

type Known = (typeof KNOWN)[number]

// Brokers say it in words of their own.
const SAME: Readonly<Record<string, Known>> = {
  'connection-closed': 'connection-reset',
  'channel-closed': 'connection-reset',
  'no-heartbeat': 'connection-reset',
  'request-timed-out': 'timeout',
  'no-message-id': 'unexpected-body',
  closing: 'client-closed',
}

const TOO_LARGE = /^rejected:.*too-large$/

export type CauseKey =
  | Known
  | BrokerCause
  | 'too-large'
  | 'credentials'
  | 'token'
  | 'address'
  | 'too-many'
  | 'server-error'
  | 'http'
  | 'rejected'
  | 'held'
  | 'other'

const byStatus = (status: number): CauseKey => {
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404 || status === 405 || status === 410 || (status >= 300 && status < 400)) return 'address'
  if (status === 429) return 'too-many'
  return status >= 500 ? 'server-error' : 'http'
}

/** Finds the words for a cause such as `http-503` or `rejected:invalid-cnpj`; `kind` decides where the cause says little. */
export const explainCause = (cause: string, kind: string): CauseExplanation => {
  const status = /^http-(\d{3})$/.exec(cause)?.[1]
  if (status !== undefined) return { key: byStatus(Number(status)), status }
  if (TOO_LARGE.test(cause)) return { key: 'too-large' }
  if (cause.startsWith('rejected:')) return { key: 'rejected', code: cause.slice('rejected:'.length) }
  if (cause.startsWith('token-')) return { key: 'token', code: cause.slice('token-'.length) }
  if (kind === 'held') return { key: 'held' }
  const key = KNOWN.find((name) => name === cause) ?? SAME[cause] ?? brokerCause(cause, kind)
  return key ? { key } : { key: 'other', code: cause }
}
