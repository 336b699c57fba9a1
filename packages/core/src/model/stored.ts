import type { Attempt } from '@mensageria/contracts'
import type { AuditEntry } from '../ports/operations.ts'
import type { DeliveredBy, DeliveryRow } from './delivery-row.ts'

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
  const row: DeliveryRow = JSON.parse(text)
  const history: readonly StoredAttempt[] = row.history
  const isOld = history.some(({ by }) => by !== undefined)
  return {
    ...row,
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
