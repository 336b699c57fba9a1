import {
  answeredAt,
  dayOf,
  dueAtOf,
  isTransient,
  NONE_DELIVERED,
  type Clock,
  type DeliveryRow,
  type Revision,
} from '@mensageria/core'
import { innerMap, nextRevision, rowKey, type Newest, type Stored } from '../stored.ts'

const TALLIED = ['push', 'recovery', 'reconcile', 'redrive', 'superseded'] as const

// What the row's tally has more than before happened on the day of its last attempt.
const countDay = ({ days }: Stored, row: DeliveryRow, before: DeliveryRow | undefined): void => {
  if (row.tally === undefined || row.tally === before?.tally) return
  const name = dayOf(answeredAt(row))
  const day = days.get(name) ?? { registered: 0, updated: 0, integrations: new Map() }
  const counts = { ...(day.integrations.get(row.integration) ?? NONE_DELIVERED) }
  for (const kind of TALLIED)
    counts[kind] += Math.max(0, (row.tally[kind] ?? 0) - (before?.tally?.[kind] ?? 0))
  day.integrations.set(row.integration, counts)
  days.set(name, day)
}

// What stays known when the row moves on. A claim is no attempt that has ended.
const noteNewest = ({ newest }: Stored, row: DeliveryRow, now: number): void => {
  const { integration, state, lastAttemptAt, lastFailure } = row
  const known: Newest = newest.get(integration) ?? {}
  if (state === 'delivered') {
    const success = lastAttemptAt === undefined ? {} : { lastSuccessAt: lastAttemptAt }
    newest.set(integration, { ...known, ...success, newestAttempt: 'succeeded', deliveredAt: now })
  } else if (lastFailure && state !== 'delivering') {
    const { kind, cause, message, at } = lastFailure
    newest.set(integration, {
      ...known,
      ...(isTransient(kind) ? { newestAttempt: 'failed' } : {}),
      lastFailureAt: at,
      lastFailure: { kind, cause, message, at },
    })
  }
}

/** Puts a row there, whatever was there before, in every index. Returns its new revision. */
export const putRow = (
  stored: Stored,
  row: DeliveryRow,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): Revision => {
  const key = rowKey(row)
  const before = stored.rows.get(key)?.row
  const entry = { row, revision: nextRevision(stored), writtenAt: clock.monotonic() }
  stored.rows.set(key, entry)
  innerMap(stored.rowsOf, row.integration).set(row.centerId, entry)
  const open = innerMap(stored.openRows, row.integration)
  if (dueAtOf(row) === undefined) open.delete(row.centerId)
  else open.set(row.centerId, entry)
  countDay(stored, row, before)
  noteNewest(stored, row, clock.now())
  return entry.revision
}
