import type { Sweep } from '@mensageria/delivery'
import type { Logger } from '@mensageria/runtime'

const PURGE_EVERY = 60

/**
 * Sweeps every `intervalMs`, whether or not the last sweep is done: one integration that hangs must not keep the others
 * waiting. `stop` starts nothing new and waits for what is running.
 */
export const startSweepLoop = (
  sweep: Sweep,
  purge: (now: number) => Promise<number>,
  intervalMs: number,
  logger: Logger,
): { stop: () => Promise<void> } => {
  const running = new Set<Promise<void>>()
  let sweeps = 0

  const once = async () => {
    try {
      sweeps += 1
      await sweep(intervalMs)
      if (sweeps % PURGE_EVERY === 0) await purge(Date.now())
    } catch (err) {
      logger.error({ err }, 'The sweep failed; the next one goes on')
    }
  }
  const tick = () => {
    const done: Promise<void> = once().finally(() => running.delete(done))
    running.add(done)
  }
  const timer = setInterval(tick, intervalMs)
  tick()

  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(running)
    },
  }
}
