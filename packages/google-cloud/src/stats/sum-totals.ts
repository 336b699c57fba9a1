import { AggregateField, type Firestore, type Query, type Transaction } from '@google-cloud/firestore'
import type { DeliveredBy } from '@mensageria/core'

/** Counts the centers in a snapshot, and the updates of them: every version above the first. */
export const sumCenters = async (
  tx: Transaction,
  firestore: Firestore,
): Promise<{ registered: number; updated: number }> => {
  const all = firestore
    .collection('centers')
    .where('listShard', '>=', 0)
    .orderBy('listShard')
    .orderBy('version')
    .aggregate({ registered: AggregateField.count(), versions: AggregateField.sum('version') })
  const { registered, versions } = (await tx.get(all)).data()
  return { registered, updated: versions - registered }
}

// In the order of their index, by the names that fields have had since release 0.1 (`heal` is reconciled). One query adds up five fields at most, and these are five.
const SUMS = {
  push: AggregateField.sum('push'),
  recovery: AggregateField.sum('recovery'),
  heal: AggregateField.sum('heal'),
  redrive: AggregateField.sum('redrive'),
  superseded: AggregateField.sum('superseded'),
}

/** Adds up the tallies of all rows of an integration in a snapshot. */
export const sumTallies = async (
  tx: Transaction,
  firestore: Firestore,
  integration: string,
): Promise<DeliveredBy> => {
  const rows: Query = firestore.collection('deliveries').where('integration', '==', integration)
  const sorted = Object.keys(SUMS).reduce((query, name) => query.orderBy(name), rows)
  const { heal, ...sums } = (await tx.get(sorted.aggregate(SUMS))).data()
  return { ...sums, reconcile: heal }
}
