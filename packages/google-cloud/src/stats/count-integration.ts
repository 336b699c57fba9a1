import type { Firestore, Transaction } from '@google-cloud/firestore'
import { DeliveryState } from '@mensageria/contracts'
import type { FailureGroup, IntegrationStats, StateCounts } from '@mensageria/core'
import { centerOf } from '../intake/center-document.ts'
import { countGroups } from './count-groups.ts'
import { numberOf, textOf } from '../firestore/fields.ts'
import type { CountedStats } from './stats.ts'
import type { SearchedIntegration } from '../search/find-waiting.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'
import type { OpenWalk } from './walk-open-events.ts'

type Counted = CountedStats['integrations'][string]

const newestOf = (groups: readonly FailureGroup[]): FailureGroup | undefined =>
  groups.toSorted((a, b) => b.lastAt - a.lastAt)[0]

const isPassing = ({ kind }: { kind: string }): boolean => kind !== 'rejected' && kind !== 'held'

const latest = (...times: (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined && time > 0)
  return known.length === 0 ? undefined : Math.max(...known.map(Number))
}

// What fails now, and what the figures before remember: a failure that has healed since leaves no row behind.
const failuresOf = (groups: readonly FailureGroup[], before: Partial<IntegrationStats>) => {
  const newest = newestOf(groups)
  const lastFailure =
    newest && newest.lastAt >= (before.lastFailureAt ?? 0)
      ? { kind: newest.kind, cause: newest.cause, message: newest.sample.message, at: newest.lastAt }
      : before.lastFailure
  const passingAt = latest(newestOf(groups.filter(isPassing))?.lastAt, before.lastPassingFailureAt)
  return {
    ...(lastFailure ? { lastFailureAt: lastFailure.at, lastFailure } : {}),
    ...(passingAt === undefined ? {} : { lastPassingFailureAt: passingAt }),
  }
}

/** Counts one integration in a snapshot; `own` is how many centers are its own. */
export const countIntegration = async (
  tx: Transaction,
  firestore: Firestore,
  { name, since }: SearchedIntegration,
  own: number,
  walk: OpenWalk,
  before: Partial<Counted>,
): Promise<Counted & { unaccounted: number }> => {
  const rows = firestore.collection('deliveries').where('integration', '==', name)
  const shards = shardsOf(LIST_SHARDS)

  const inState = async (state: string): Promise<number> => {
    const all = rows.where('state', '==', state).orderBy('listShard').orderBy('attemptedAt', 'desc')
    return (await tx.get(all.count())).data().count
  }
  const lastSuccess = async (): Promise<number | undefined> => {
    const delivered = rows.where('state', '==', 'delivered').where('listShard', 'in', shards)
    const [newest] = (await tx.get(delivered.orderBy('attemptedAt', 'desc').limit(1))).docs
    return newest && numberOf(newest, 'attemptedAt')
  }
  const oldestRow = async (): Promise<number | undefined> => {
    const undelivered = rows.where('listShard', 'in', shards).orderBy('undeliveredSince')
    const [oldest] = (await tx.get(undelivered.limit(1))).docs
    if (!oldest) return undefined
    const center = await tx.get(firestore.collection('centers').doc(textOf(oldest, 'centerId')))
    return center.exists ? Date.parse(centerOf(center).updatedAt) : undefined
  }

  const [numbers, successAt, oldestRowAt, groups] = await Promise.all([
    Promise.all(DeliveryState.options.map(inState)),
    lastSuccess(),
    oldestRow(),
    countGroups(tx, firestore, name, before.groups ?? []),
  ])
  const waiting = walk.of(name)
  const counts: StateCounts = { waiting: 0, delivering: 0, retrying: 0, parked: 0, rejected: 0, delivered: 0 }
  let all = 0
  for (const [index, state] of DeliveryState.options.entries()) {
    const [n = 0, stale = 0] = [numbers[index], waiting.stale[state]]
    all += n
    counts[state] = n - stale
    counts.waiting += stale
  }
  // No index has what has no row. An integration with a beginning may have rows of older centers: its own are then counted
  // by their open events.
  const rest = Math.max(0, own - all)
  const missing =
    since === undefined ? rest : walk.complete ? waiting.missing : Math.max(rest, waiting.missing)
  counts.waiting += missing
  const lastSuccessAt = latest(successAt, before.stats?.lastSuccessAt)
  const oldest = [oldestRowAt, waiting.oldestAt].filter((at) => at !== undefined)
  return {
    owed: all + missing,
    unaccounted: since === undefined && walk.complete ? missing - waiting.missing : 0,
    groups,
    stats: {
      counts,
      ...(oldest.length === 0 ? {} : { oldestUndeliveredAt: Math.min(...oldest) }),
      ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
      ...failuresOf(groups, before.stats ?? {}),
    },
  }
}
