import type { Firestore, QueryDocumentSnapshot, Transaction } from '@google-cloud/firestore'
import { DeliveryState } from '@mensageria/contracts'
import { parseStoredRow, type FailureGroup } from '@mensageria/core'
import { textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardsOf } from '../firestore/shards.ts'

// More causes of one kind at once than people can read: the rest is counted by state alone. Each kind has a place of its own,
// so that many codes of refusals hide no outage.
const GROUPS_OF_KIND_MAX = 30
// Rows of a group that are read: the newest is its sample, and a group that is new began with one of them.
const SAMPLE = 20

/** The rows of an integration in the order in which they lie in the index of failures. */
const byFailure = (firestore: Firestore, integration: string) =>
  firestore.collection('deliveries').where('integration', '==', integration)

const sorted = ['state', 'listShard'] as const

const kindOf = (key: string): string => key.slice(0, key.indexOf(':'))

// Each failure key that any row has, by one read each: the first row of the index, then the first one behind its key. Behind
// the last key of a kind that is told of, all others of that kind are stepped over.
const keysOf = async (tx: Transaction, firestore: Firestore, integration: string): Promise<string[]> => {
  const keys: string[] = []
  for (let behind = ''; ;) {
    const next = byFailure(firestore, integration)
      .where('failure', '>', behind)
      .orderBy('failure')
      .orderBy(sorted[0])
      .orderBy(sorted[1])
      .orderBy('attemptedAt', 'desc')
      .select('failure')
      .limit(1)
    const [first] = (await tx.get(next)).docs
    if (!first) return keys
    const key = textOf(first, 'failure')
    keys.push(key)
    const kind = kindOf(key)
    const isFull = keys.filter((one) => kindOf(one) === kind).length === GROUPS_OF_KIND_MAX
    // `;` comes right after `:`.
    behind = isFull ? `${kind};` : key
  }
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
