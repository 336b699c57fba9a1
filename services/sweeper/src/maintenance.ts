import type { Backfill, Clock, Retire } from '@mensageria/core'
import type { Logger } from '@mensageria/runtime'

/** Counts everything anew; resolves with the integrations that have centers for which nothing stands. */
export type CountStats = (now: number) => Promise<readonly { integration: string; count: number }[]>

export type MaintenanceDeps = {
  countStats: CountStats
  retire: Retire
  backfill: Backfill
  /** Logs the day that has ended, once. */
  logDay: () => Promise<void>
  /** The least time between two rounds. */
  intervalMs: number
  clock: Pick<Clock, 'now' | 'monotonic'>
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/**
 * What is due seldom, however often it is asked: the figures, and what follows from a list of integrations that has
 * changed. Takes until the deadline (monotonic milliseconds) at most. A chore that fails costs the sweep and the other
 * chores nothing, and comes again with the next sweep.
 */
export const createMaintenance = (deps: MaintenanceDeps) => {
  const { countStats, retire, backfill, logDay, intervalMs, clock, logger } = deps
  let nextAt = Number.NEGATIVE_INFINITY

  const task = async (name: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (err) {
      nextAt = Number.NEGATIVE_INFINITY
      logger.error({ err }, `${name}.failed`)
    }
  }

  return async (deadline: number): Promise<void> => {
    if (clock.monotonic() < nextAt) return
    nextAt = clock.monotonic() + intervalMs
    await task('retire', async () => {
      for (const [integration, rows] of Object.entries(await retire(deadline)))
        logger.warn({ integration, rows }, 'integration.retired')
    })
    await task('stats', async () => {
      for (const unaccounted of await countStats(clock.now())) logger.error(unaccounted, 'stats.unaccounted')
    })
    // After the count that begins the new day: nothing is added to the old one any more.
    await task('report', logDay)
    await task('backfill', async () => {
      for (const integration of await backfill()) logger.info({ integration }, 'integration.backfilled')
    })
  }
}
