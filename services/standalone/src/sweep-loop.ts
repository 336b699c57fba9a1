import type { Sweep } from '@mensageria/core'
import type { Logger } from '@mensageria/runtime'

type SweepLoop = { sweep: Sweep; intervalMs: number; logger: Pick<Logger, 'error'> }

/**
 * Sweeps every `intervalMs`, whether or not the last sweep is done: one integration that hangs must not keep the others
 * waiting. `stop` starts nothing new and waits for what is running.
 */
export const startSweepLoop = ({ sweep, intervalMs, logger }: SweepLoop): { stop: () => Promise<void> } => {
  const running = new Set<Promise<unknown>>()

  const tick = () => {
    const done: Promise<unknown> = sweep(intervalMs)
      .catch((error: unknown) => logger.error({ err: error }, 'sweep.failed'))
      .finally(() => running.delete(done))
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
