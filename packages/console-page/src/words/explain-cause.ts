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

export type CauseKey =
  | Known
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
  if (cause.startsWith('rejected:')) return { key: 'rejected', code: cause.slice('rejected:'.length) }
  if (cause.startsWith('token-')) return { key: 'token', code: cause.slice('token-'.length) }
  if (kind === 'held') return { key: 'held' }
  const known = KNOWN.find((name) => name === cause)
  return known ? { key: known } : { key: 'other', code: cause }
}
