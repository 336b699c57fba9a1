import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 5

/**
 * Resolves when the condition holds; fails with its last error as cause after `timeoutMs`, which only has to be longer
 * than the slowest machine.
 */
export const eventually = async (
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> => {
  const until = performance.now() + timeoutMs
  let last: unknown
  while (performance.now() < until) {
    try {
      if (await condition()) return
    } catch (error) {
      last = error
    }
    await sleep(POLL_MS)
  }
  throw new Error(`It did not come true within ${timeoutMs} ms`, { cause: last })
}
