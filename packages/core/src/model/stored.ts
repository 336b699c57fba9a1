import { plainText, type Attempt } from '@mensageria/contracts'
import type { AuditEntry } from './audit-entry.ts'
import { LEASE_MS } from './budget.ts'
import type { DeliveredBy, DeliveryRow } from './delivery-row.ts'
import type { Redrive, RedriveFilter, RedriveLane, RedriveWithLanes } from './redrive.ts'

// What engines have stored as JSON text, also release 0.1, which had other names: `by` for the trigger of an attempt and for
// the actor of an audit entry, `heal` for what is reconciled.
type StoredAttempt = Omit<Attempt, 'trigger'> & { trigger?: string; by?: string }
type StoredCounts = Partial<DeliveredBy> & { heal?: number }

const attemptOf = ({ by, trigger = by ?? 'push', ...attempt }: StoredAttempt): Attempt => ({
  ...attempt,
  trigger: trigger === 'heal' ? 'reconcile' : trigger,
})

/** Counts of delivered versions as they were stored. */
export const readDeliveredBy = ({ heal, ...counts }: StoredCounts): Partial<DeliveredBy> =>
  heal === undefined ? counts : { ...counts, reconcile: heal }

/** The row that a stored text holds, whichever release wrote it. Every engine reads its rows through this. */
export const parseStoredRow = (text: string): DeliveryRow => {
  const { inDoubtUntil, ...row }: DeliveryRow & { inDoubtUntil?: number } = JSON.parse(text)
  const history: readonly StoredAttempt[] = row.history
  const isOld = history.some(({ by }) => by !== undefined)
  const { lastFailure, externalId } = row
  return {
    ...row,
    // Release 0.1 kept the words of a system as they came.
    ...(lastFailure ? { lastFailure: { ...lastFailure, message: plainText(lastFailure.message) } } : {}),
    ...(externalId === undefined ? {} : { externalId: plainText(externalId) }),
    // Of releases before 0.2: a time of a wall clock, at most a lease after the row was written.
    ...(inDoubtUntil === undefined ? {} : { inDoubtMs: LEASE_MS }),
    ...(isOld ? { history: history.map(attemptOf) } : {}),
    ...(row.tally ? { tally: readDeliveredBy(row.tally) } : {}),
  }
}

/** The audit entry that a stored text holds, whichever release wrote it. */
export const parseStoredAudit = (text: string): AuditEntry => {
  const {
    by = 'system',
    actor = by,
    ...entry
  }: Omit<AuditEntry, 'actor'> & { actor?: string; by?: string } = JSON.parse(text)
  return { ...entry, actor }
}

// Release 0.1 kept the numbers of a redrive in its header, `backfill` for the scope, and what is open in an index.
type StoredRedrive = Omit<Redrive, 'open' | 'filter'> & {
  filter: RedriveFilter & { backfill?: boolean }
  total: number
  delivered: number
  failed: number
  skipped: number
  lanes: readonly Omit<RedriveLane, 'delivered' | 'failed' | 'skipped'>[]
}

/**
 * A redrive that release 0.1 stored as one document, as header and lanes. Its numbers were of all lanes together: the first
 * one takes them, and their sum stays what it was.
 */
export const parseStoredRedrive = (text: string): RedriveWithLanes => {
  const { lanes, total, delivered, failed, skipped, filter, ...header }: StoredRedrive = JSON.parse(text)
  const { backfill = false, ...same } = filter
  const isUnsettled = lanes.some(({ sending }) => sending.length > 0)
  return {
    redrive: {
      ...header,
      open: header.state === 'running' || (header.state !== 'done' && isUnsettled),
      filter: { ...same, scope: backfill ? 'all' : 'owed' },
      expected: total,
    },
    lanes: lanes.map((lane, index) =>
      index === 0
        ? { ...lane, delivered, failed, skipped }
        : { ...lane, delivered: 0, failed: 0, skipped: 0 },
    ),
  }
}
