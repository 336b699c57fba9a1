import type { Firestore, Query, QueryDocumentSnapshot, Transaction } from '@google-cloud/firestore'
import { isTransient, parseStoredRow, type FailureGroup, type IntegrationStats } from '@mensageria/core'
import { numberOf, textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'
import type { CountedFigures } from './stored-stats.ts'

type LastFailure = NonNullable<IntegrationStats['lastFailure']>
type LastTimes = Omit<CountedFigures, 'counts' | 'asOf' | 'oldestUndeliveredAt'>

// Rows that were never called are among them, so the newest alone may say nothing.
const NEWEST_OPEN = 20

const newestRows = (
  firestore: Firestore,
  integration: string,
  states: readonly string[],
  now: number,
): Query =>
  firestore
    .collection('deliveries')
    .where('integration', '==', integration)
    .where('state', 'in', states)
    .where('listShard', 'in', shardsOf(LIST_SHARDS))
    .where('attemptedAt', '<=', now)
    .orderBy('attemptedAt', 'desc')

const failuresOf = (docs: readonly QueryDocumentSnapshot[]): LastFailure[] =>
  docs.flatMap((snapshot) => {
    const { lastFailure } = parseStoredRow(textOf(snapshot, 'row'))
    if (!lastFailure) return []
    const { kind, cause, message, at } = lastFailure
    return [{ kind, cause, message, at }]
  })

const failureOfGroup = ({ kind, cause, lastAt, sample }: FailureGroup): LastFailure => ({
  kind,
  cause,
  message: sample.message,
  at: lastAt,
})

const newestOf = (failures: readonly LastFailure[]): LastFailure | undefined =>
  failures.toSorted((a, b) => b.at - a.at)[0]

// The newest of some times that are not later than now.
const latest = (now: number, ...times: (number | undefined)[]): number | undefined => {
  const known = times.flatMap((time) => (time !== undefined && time > 0 && time <= now ? [time] : []))
  return known.length === 0 ? undefined : Math.max(...known)
}

const newestAttemptOf = (succeededAt = 0, failedAt = 0): Pick<IntegrationStats, 'newestAttempt'> => {
  if (succeededAt === 0 && failedAt === 0) return {}
  return { newestAttempt: failedAt > succeededAt ? 'failed' : 'succeeded' }
}

/**
 * When the newest attempts of an integration succeeded and failed, by queries of their own: however many causes there are,
 * none hides the newest. What the count before remembers counts too: a failure that has passed leaves no row behind. No index
 * knows the order of writes, so the time decides; one later than now is of a clock that had jumped, and is passed over.
 */
export const countLastTimes = async (
  tx: Transaction,
  firestore: Firestore,
  integration: string,
  groups: readonly FailureGroup[],
  before: Partial<CountedFigures>,
  now: number,
): Promise<LastTimes> => {
  const ask = async (states: readonly string[], limit: number) =>
    (await tx.get(newestRows(firestore, integration, states, now).limit(limit))).docs
  const [delivered, open, rejected] = await Promise.all([
    ask(['delivered'], 1),
    ask(['delivering', 'retrying', 'parked'], NEWEST_OPEN),
    ask(['rejected'], 1),
  ])
  const [success] = delivered
  const failures = [
    ...failuresOf([...open, ...rejected]),
    ...groups.map(failureOfGroup),
    ...(before.lastFailure ? [before.lastFailure] : []),
  ].filter(({ at }) => at <= now)
  const newest = newestOf(failures)
  const passing = newestOf(failures.filter(({ kind }) => isTransient(kind)))
  const lastSuccessAt = latest(now, success && numberOf(success, 'attemptedAt'), before.lastSuccessAt)
  const lastPassingFailureAt = latest(now, passing?.at, before.lastPassingFailureAt)
  return {
    ...newestAttemptOf(lastSuccessAt, lastPassingFailureAt),
    ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
    ...(newest ? { lastFailureAt: newest.at, lastFailure: newest } : {}),
    ...(lastPassingFailureAt === undefined ? {} : { lastPassingFailureAt }),
  }
}
