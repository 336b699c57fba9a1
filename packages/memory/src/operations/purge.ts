import { AUDIT_KEPT_MS, notAfter, REDRIVE_KEPT_MS, retentionTime, type Engine } from '@mensageria/core'
import type { Context } from '../context.ts'

const HOUR_MS = 3_600_000
// As long as the other engines: longer than any message can stay queued.
const KEEP_CLOSED_MS = 30 * 24 * HOUR_MS
// One hour is shown.
const KEEP_ATTEMPTS_MS = 2 * HOUR_MS

const deleteWhere = <K, V>(map: Map<K, V>, isGone: (value: V, key: K) => boolean): number => {
  const before = map.size
  for (const [key, value] of map) if (isGone(value, key)) map.delete(key)
  return before - map.size
}

/** Deletes what may expire: closed events after 30 days, kept answers after their time, attempts after 2 hours, redrives that have ended after 90 days, audit entries after 400. */
export const createPurge =
  ({ stored, asks }: Context): Engine['purge'] =>
  (wallClock, elapsedMs = Number.POSITIVE_INFINITY) =>
    asks.run('purge', () => {
      stored.retentionAt = retentionTime(stored.retentionAt, wallClock, elapsedMs)
      const now = notAfter(stored.retentionAt, wallClock)
      const closedBefore = now - KEEP_CLOSED_MS
      const events = deleteWhere(stored.events, ({ closedAt = now }) => closedAt <= closedBefore)
      const answers = deleteWhere(stored.idempotency, ({ expiresAt }) => expiresAt <= now)
      let attempts = 0
      for (const minutes of stored.attempts.values())
        attempts += deleteWhere(minutes, (_, at) => at <= now - KEEP_ATTEMPTS_MS)
      const redrives = deleteWhere(
        stored.redrives,
        ({ redrive: { open, state, createdAt } }) =>
          !open && (state === 'done' || state === 'cancelled') && createdAt <= now - REDRIVE_KEPT_MS,
      )
      const kept = stored.audit.filter(({ at }) => at > now - AUDIT_KEPT_MS)
      const entries = stored.audit.length - kept.length
      if (entries > 0) stored.audit.splice(0, stored.audit.length, ...kept)
      return events + answers + attempts + redrives + entries
    })
