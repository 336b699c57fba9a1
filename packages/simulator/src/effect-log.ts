/** One change that a request really made. Center and version come from its Idempotency-Key, if it had one of ours. */
export type Effect = {
  system: string
  at: string
  idempotencyKey?: string
  centerId?: string
  version?: number
  operation: 'create' | 'update' | 'upsert'
  subject: string
  traceparent?: string
}

const KEY = /^([^:]+):(\d{1,15}):[^:]+(?::[0-9a-f]{12})?(?::r\d+)?$/

/** Center and version of a key `<centerId>:<version>:<integration>:<digest>`, also with a redrive's `:r<n>`. */
export const parseIdempotencyKey = (key: string): { centerId: string; version: number } | undefined => {
  const [, centerId, version] = KEY.exec(key) ?? []
  return centerId && version ? { centerId, version: Number(version) } : undefined
}

// The same version with other data is of another life of the database; what a person has sent again is the same.
const contentOf = ({ idempotencyKey = '' }: Effect): string => idempotencyKey.replace(/:r\d+$/, '')

/** Effects beyond the first one of the same center, version and data. */
export const countDuplicates = (effects: readonly Effect[]): number => {
  const keyed = effects.filter(({ centerId }) => centerId !== undefined)
  return keyed.length - new Set(keyed.map(contentOf)).size
}

/** Effects whose version is lower than one that was applied to the same center before. */
export const countVersionsBackwards = (effects: readonly Effect[]): number => {
  const highest = new Map<string, number>()
  let count = 0
  for (const { centerId, version } of effects) {
    if (centerId === undefined || version === undefined) continue
    const before = highest.get(centerId) ?? 0
    if (version < before) count += 1
    highest.set(centerId, Math.max(version, before))
  }
  return count
}
