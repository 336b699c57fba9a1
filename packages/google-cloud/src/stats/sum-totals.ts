import { AggregateField, type Firestore, type Query, type Transaction } from '@google-cloud/firestore'
import type { DeliveredBy } from '@mensageria/core'

/** Counts the centers in a snapshot, and adds up their versions. */
export const sumCenters = async (
  tx: Transaction,
  firestore: Firestore,
): Promise<{ accepted: number; versions: number }> => {
  const all = firestore
    .collection('centers')
    .where('listShard', '>=', 0)
    .orderBy('listShard')
    .orderBy('version')
    .aggregate({ accepted: AggregateField.count(), versions: AggregateField.sum('version') })
  return (await tx.get(all)).data()
}

// In the order of their index, by the names that fields have had since release 0.1 (`heal` is reconciled). One query adds up
// five fields at most, and these are five.
const SUMS = {
  push: AggregateField.sum('push'),
  recovery: AggregateField.sum('recovery'),
  heal: AggregateField.sum('heal'),
  redrive: AggregateField.sum('redrive'),
  superseded: AggregateField.sum('superseded'),
}

/** Counts the rows of an integration that are in a state in a snapshot, and adds up their versions. */
export const sumRows = async (
  tx: Transaction,
  firestore: Firestore,
  integration: string,
  state: string,
): Promise<{ count: number; versions: number }> => {
  const rows = firestore
    .collection('deliveries')
    .where('integration', '==', integration)
    .where('state', '==', state)
    .orderBy('version')
    .aggregate({ count: AggregateField.count(), versions: AggregateField.sum('version') })
  return (await tx.get(rows)).data()
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
