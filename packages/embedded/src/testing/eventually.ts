import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves when the condition holds; fails after a time that only a broken program needs. */
export const eventually = async (condition: () => boolean, timeoutMs = 30_000): Promise<void> => {
  const until = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > until) throw new Error('It did not come true in time')
    await sleep(5)
  }
}
