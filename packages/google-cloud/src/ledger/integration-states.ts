import { FieldPath, FieldValue } from '@google-cloud/firestore'
import type { IntegrationState, IntegrationStates } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'

/** A pause reaches every instance within this time, and no delivery pays a read for it. */
const CACHE_MS = 5_000

// More than any list of integrations has ever had: it only bounds the query.
const INTEGRATIONS_MAX = 1_000

type Cached = { until: number; state: Promise<IntegrationState | undefined> }

/**
 * The port of integration states: one document for each, read at most once in 5 s by this instance; `all` reads anew, in one
 * query. Own writes are seen at once. `monotonic` gives milliseconds that never jump.
 */
export const createIntegrationStates = (
  { firestore, run }: Connection,
  monotonic: () => number = () => performance.now(),
): IntegrationStates => {
  const integrations = firestore.collection('integrations')
  const cache = new Map<string, Cached>()
  let writes = 0

  const load = async (name: string): Promise<IntegrationState | undefined> => {
    const found = await run(() => integrations.doc(name).get())
    return found.data()
  }

  const read = (name: string) => {
    const known = cache.get(name)
    if (known && monotonic() < known.until) return known.state
    const cached: Cached = { until: monotonic() + CACHE_MS, state: load(name) }
    cache.set(name, cached)
    cached.state.catch(() => {
      // A failure is told to those who asked, and not kept.
      if (cache.get(name) === cached) cache.delete(name)
    })
    return cached.state
  }

  const all = async (): Promise<ReadonlyMap<string, IntegrationState>> => {
    const [until, writesBefore] = [monotonic() + CACHE_MS, writes]
    const everyOne = integrations.orderBy(FieldPath.documentId()).limit(INTEGRATIONS_MAX)
    const { docs } = await run(() => everyOne.get())
    const found = new Map(docs.map((snapshot): [string, IntegrationState] => [snapshot.id, snapshot.data()]))
    // What was read before a write of ours must not be kept after it.
    if (writes === writesBefore) {
      for (const [name, state] of found) cache.set(name, { until, state: Promise.resolve(state) })
    }
    return found
  }

  return {
    read,
    all,
    // Only the named part is written, whole: its other writers keep theirs, and nothing of an older value stays behind.
    write: async (name, part, value) => {
      try {
        const field = { [part]: value ?? FieldValue.delete() }
        await run(() => integrations.doc(name).set(field, { mergeFields: [part] }))
      } finally {
        // Also where the answer was lost; a read that began before the write is forgotten with it.
        writes += 1
        cache.delete(name)
      }
    },
  }
}
