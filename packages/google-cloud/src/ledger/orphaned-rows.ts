import type { QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { OrphanedRows } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { toReadRow } from './row-document.ts'
import { OPEN_SHARDS, shardsOf } from '../firestore/shards.ts'

/**
 * The stray rows port: steps from one integration with open rows to the next, one read each, and asks for the due rows of
 * those that nobody named. With nothing astray that is one read for each integration that has open rows, and one more.
 */
export const createOrphanedRows = ({ firestore, within }: Connection): OrphanedRows => {
  const deliveries = firestore.collection('deliveries')

  const nextIntegration = async (after: string): Promise<string | undefined> => {
    const { docs } = await within(() =>
      deliveries
        .where('integration', '>', after)
        .orderBy('integration')
        .orderBy('openShard')
        .orderBy('dueAt')
        .limit(1)
        .get(),
    )
    return docs[0] && textOf(docs[0], 'integration')
  }

  const dueOf = async (integration: string, now: number, limit: number): Promise<QueryDocumentSnapshot[]> => {
    const { docs } = await within(() =>
      deliveries
        .where('integration', '==', integration)
        .where('openShard', 'in', shardsOf(OPEN_SHARDS))
        .where('dueAt', '<=', now)
        .orderBy('dueAt')
        .limit(limit)
        .get(),
    )
    return docs
  }

  return {
    due: async (integrations, now, limit) => {
      const found: QueryDocumentSnapshot[] = []
      let name = await nextIntegration('')
      while (name !== undefined && found.length < limit) {
        if (!integrations.includes(name)) found.push(...(await dueOf(name, now, limit - found.length)))
        name = await nextIntegration(name)
      }
      return found.map(toReadRow)
    },
  }
}
