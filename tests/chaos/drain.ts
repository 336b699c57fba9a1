import { setTimeout as sleep } from 'node:timers/promises'
import { deliveriesOf } from '../support/system.ts'

const AT_ONCE = 50
const LOOK_MS = 250

const isFinished = async (url: string, centerId: string, version: number): Promise<boolean> => {
  const rows = Object.values(await deliveriesOf(url, centerId).catch(() => ({})))
  return (
    rows.length > 0 &&
    rows.every((row) => row.version >= version && (row.state === 'delivered' || row.state === 'rejected'))
  )
}

/**
 * Waits until every accepted version is delivered or refused everywhere, or the patience is over. Resolves with how long it
 * took, and how many centers are still open.
 */
export const drain = async (
  url: string,
  newest: ReadonlyMap<string, number>,
  patienceMs: number,
  say: (text: string) => void,
): Promise<{ tookMs: number; open: number }> => {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  let open = [...newest]
  let saidAt = 0
  while (open.length > 0 && elapsed() < patienceMs) {
    const stillOpen: typeof open = []
    for (let from = 0; from < open.length; from += AT_ONCE) {
      const some = open.slice(from, from + AT_ONCE)
      const finished = await Promise.all(some.map(([id, version]) => isFinished(url, id, version)))
      stillOpen.push(...some.filter((_, index) => !finished[index]))
    }
    open = stillOpen
    if (open.length === 0) break
    if (elapsed() - saidAt > 10_000) {
      saidAt = elapsed()
      say(`        ${open.length} centers still open`)
    }
    await sleep(LOOK_MS)
  }
  return { tookMs: Math.round(elapsed()), open: open.length }
}
