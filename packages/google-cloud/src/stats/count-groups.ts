import type { Firestore, QueryDocumentSnapshot, Transaction } from '@google-cloud/firestore'
import { DeliveryState } from '@mensageria/contracts'
import { parseStoredRow, type FailureGroup } from '@mensageria/core'
import { textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'

// More causes at once than people can read: the rest is counted by state alone.
const GROUPS_MAX = 30
// Rows of a group that are read: the newest is its sample, and a group that is new began with one of them.
const SAMPLE = 20

/** The rows of an integration in the order in which they lie in the index of failures. */
const byFailure = (firestore: Firestore, integration: string) =>
  firestore.collection('deliveries').where('integration', '==', integration)

const sorted = ['state', 'listShard'] as const

// Each failure key that any row has, by one read each: the first row of the index, then the first one behind its key.
const keysOf = async (tx: Transaction, firestore: Firestore, integration: string): Promise<string[]> => {
  const keys: string[] = []
  while (keys.length < GROUPS_MAX) {
    const behind = byFailure(firestore, integration)
      .where('failure', '>', keys.at(-1) ?? '')
      .orderBy('failure')
      .orderBy(sorted[0])
      .orderBy(sorted[1])
      .orderBy('attemptedAt', 'desc')
      .select('failure')
      .limit(1)
    const [first] = (await tx.get(behind)).docs
    if (!first) break
    keys.push(textOf(first, 'failure'))
  }
  return keys
}

const failureOf = (snapshot: QueryDocumentSnapshot) => {
  const { centerId, lastFailure } = parseStoredRow(textOf(snapshot, 'row'))
  return lastFailure ? [{ centerId, ...lastFailure }] : []
}

/**
 * The failure groups of an integration, found by walking the index of failures from cause to cause. A group that was there
 * `before` keeps its beginning.
 */
export const countGroups = async (
  tx: Transaction,
  firestore: Firestore,
  integration: string,
  before: readonly FailureGroup[],
): Promise<FailureGroup[]> => {
  const groupOf = async (key: string): Promise<FailureGroup[]> => {
    const ofKey = byFailure(firestore, integration).where('failure', '==', key)
    const newest = ofKey
      .where('state', 'in', DeliveryState.options)
      .where('listShard', 'in', shardsOf(LIST_SHARDS))
      .orderBy('attemptedAt', 'desc')
      .limit(SAMPLE)
    const all = ofKey.orderBy(sorted[0]).orderBy(sorted[1]).orderBy('attemptedAt', 'desc')
    const [rows, counted] = await Promise.all([tx.get(newest), tx.get(all.count())])
    const failures = rows.docs.flatMap(failureOf)
    const [sample] = failures
    if (!sample) return []
    const { kind, cause, centerId, message } = sample
    const known = before.find((group) => group.kind === kind && group.cause === cause)
    return [
      {
        integration,
        kind,
        cause,
        count: counted.data().count,
        firstAt: known?.firstAt ?? Math.min(...failures.map(({ since, at }) => since ?? at)),
        lastAt: Math.max(...failures.map(({ at }) => at)),
        sample: { centerId, message },
      },
    ]
  }
  const keys = await keysOf(tx, firestore, integration)
  return (await Promise.all(keys.map(groupOf))).flat()
}
