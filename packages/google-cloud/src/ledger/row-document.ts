import type { DocumentSnapshot } from '@google-cloud/firestore'
import type { FailureKind } from '@mensageria/contracts'
import {
  answeredAt,
  dueAtOf,
  isSettledBySimulator,
  parseStoredRow,
  NONE_DELIVERED,
  type DeliveryRow,
  type ReadRow,
  type RowKey,
  type DeliveredBy,
} from '@mensageria/core'
import { textOf, timesOf } from '../firestore/fields.ts'
import { elapsedMs, toRevision } from '../firestore/revision.ts'
import { LIST_SHARDS, OPEN_SHARDS, shardOf } from '../firestore/shards.ts'

/** The document id of a row. */
export const rowIdOf = ({ integration, centerId }: RowKey): string => `${integration}~${centerId}`

/** What a failed row is found and counted by: its kind and cause. */
export const failureKeyOf = (kind: FailureKind, cause: string): string => `${kind}:${cause}`

// All names or none: a sum sees only documents that have each field it adds up. `heal` is the stored name of `reconcile` since
// release 0.1: another would need a new index, and rows that nobody writes again would be missing in it.
const deliveredByFields = (tally: Partial<DeliveredBy> | undefined) => {
  const { push, recovery, reconcile, redrive, superseded } = { ...NONE_DELIVERED, ...tally }
  return tally
    ? { push, recovery, heal: reconcile, redrive, superseded }
    : { push: undefined, recovery: undefined, heal: undefined, redrive: undefined, superseded: undefined }
}

/**
 * The fields of a row's document: what queries ask for, beside the row itself. `openShard` and `dueAt` are undefined in a
 * closed row, `undeliveredSince` in a delivered one, `failure` where there is none, `simulated` where no simulator has settled it,
 * and the tally's names until there is one: such a field is left out, and an absent field is in no index.
 */
export const toRowFields = (row: DeliveryRow) => {
  const { integration, centerId, version, state, lastFailure, tally } = row
  const dueAt = dueAtOf(row)
  const id = rowIdOf(row)
  return {
    integration,
    centerId,
    version,
    state,
    row: JSON.stringify(row),
    openShard: dueAt === undefined ? undefined : shardOf(id, OPEN_SHARDS),
    dueAt,
    listShard: shardOf(id, LIST_SHARDS),
    attemptedAt: answeredAt(row),
    failure: lastFailure && failureKeyOf(lastFailure.kind, lastFailure.cause).toWellFormed(),
    undeliveredSince: state === 'delivered' ? undefined : (row.firstAttemptAt ?? row.parkedAt ?? dueAt ?? 0),
    simulated: isSettledBySimulator(row) ? true : undefined,
    ...deliveredByFields(tally),
  }
}

/** The row that a document holds; its age is by the server's clock alone. */
export const toReadRow = (snapshot: DocumentSnapshot): ReadRow => {
  const { updateTime, readTime } = timesOf(snapshot)
  return {
    row: parseStoredRow(textOf(snapshot, 'row')),
    revision: toRevision(updateTime),
    ageMs: elapsedMs(updateTime, readTime),
  }
}
