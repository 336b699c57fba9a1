import { FieldValue } from '@google-cloud/firestore'
import type { IntegrationState, IntegrationStates } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'

/** A pause reaches every instance within this time, and no delivery pays a read for it. */
const CACHE_MS = 5_000

type Cached = { until: number; state: Promise<IntegrationState | undefined> }

/**
 * The port of integration states: one document for each, read at most once in 5 s by this instance. Own writes are seen at
 * once. `monotonic` gives milliseconds that never jump.
 */
export const createIntegrationStates = (
  { firestore, within }: Connection,
  monotonic: () => number = () => performance.now(),
): IntegrationStates => {
  const integrations = firestore.collection('integrations')
  const cache = new Map<string, Cached>()

  const load = async (name: string): Promise<IntegrationState | undefined> => {
    const found = await within(() => integrations.doc(name).get())
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

  // Only the named field is written, whole: its other writer keeps theirs, and no part of an older value stays behind.
  const write = async (name: string, field: 'recovery' | 'paused', value: object) => {
    try {
      await within(() => integrations.doc(name).set({ [field]: value }, { mergeFields: [field] }))
    } finally {
      // Also where the answer was lost; a read that began before the write is forgotten with it.
      cache.delete(name)
    }
  }

  return {
    read,
    writeRecovery: (name, recovery) => write(name, 'recovery', recovery),
    writePause: (name, paused) => write(name, 'paused', paused ?? FieldValue.delete()),
  }
}
