import type { Sweep } from '@mensageria/core'
import type { Logger } from '@mensageria/runtime'

const MAINTENANCE_EVERY = 60

type SweepLoop = {
  sweep: Sweep
  /** What is due seldom: with the first sweep, and then with every sixtieth. */
  maintenance: () => Promise<void>
  intervalMs: number
  logger: Logger
}

/**
 * Sweeps every `intervalMs`, whether or not the last sweep is done: one integration that hangs must not keep the others
 * waiting. `stop` starts nothing new and waits for what is running.
 */
export const startSweepLoop = ({
  sweep,
  maintenance,
  intervalMs,
  logger,
}: SweepLoop): { stop: () => Promise<void> } => {
  const running = new Set<Promise<void>>()
  let sweeps = 0

  const once = async () => {
    try {
      sweeps += 1
      if (sweeps % MAINTENANCE_EVERY === 1) await maintenance()
      const { retired } = await sweep(intervalMs)
      for (const [integration, rows] of Object.entries(retired))
        logger.warn({ integration, rows }, 'integration.retired')
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
