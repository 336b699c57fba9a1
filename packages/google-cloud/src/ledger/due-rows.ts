import type { Due, Ledger } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { textOf } from '../firestore/fields.ts'
import { OPEN_SHARDS, shardsOf } from '../firestore/shards.ts'
import { toReadRow } from './row-document.ts'

/** What a sweep asks the ledger. Open rows alone are in its indexes. */
export const createDueRows = ({
  firestore,
  run,
}: Connection): Pick<Ledger, 'hasDue' | 'due' | 'integrationsWithOpenRows'> => {
  const deliveries = firestore.collection('deliveries')

  // Open rows alone have a shard, so no query meets a closed one; one query asks all shards, and merges them by time.
  const ask = async (compare: '<=' | '>', at: number, limit: number, integration?: string) => {
    const ofAll = deliveries.where('openShard', 'in', shardsOf(OPEN_SHARDS))
    const asked = integration === undefined ? ofAll : ofAll.where('integration', '==', integration)
    return (await run(() => asked.where('dueAt', compare, at).orderBy('dueAt').limit(limit).get())).docs
  }

  // What is planned later than any right clock plans comes last, and only where there is room.
  const askDue = async ({ now, latest }: Due, limit: number, integration?: string) => {
    const due = await ask('<=', now, limit, integration)
    if (due.length === limit) return due
    return [...due, ...(await ask('>', Math.max(now, latest), limit - due.length, integration))]
  }

  const nextIntegration = async (after: string): Promise<string | undefined> => {
    const behind = deliveries.where('integration', '>', after).orderBy('integration')
    const { docs } = await run(() => behind.orderBy('openShard').orderBy('dueAt').limit(1).get())
    return docs[0] && textOf(docs[0], 'integration')
  }

  return {
    hasDue: async (names, due) => {
      if (names.length === 0) return false
      const [first] = await askDue(due, 1)
      if (!first) return false
      if (names.includes(textOf(first, 'integration'))) return true
      // The longest due row belongs to another: those asked for may be behind it.
      for (const name of names) if ((await askDue(due, 1, name)).length > 0) return true
      return false
    },
    due: async (integration, due, limit) => (await askDue(due, limit, integration)).map(toReadRow),
    // Steps from one integration with open rows to the next, one read each, and one more that finds the end.
    integrationsWithOpenRows: async () => {
      const names: string[] = []
      for (let name = await nextIntegration(''); name !== undefined; name = await nextIntegration(name))
        names.push(name)
      return names
    },
  }
}
