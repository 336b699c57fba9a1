import type { Backfill, Clock, Retire } from '@mensageria/core'
import type { Logger } from '@mensageria/runtime'

/** Counts everything anew; resolves with the integrations that have centers for which nothing stands. */
export type CountFigures = (now: number) => Promise<readonly { integration: string; count: number }[]>

export type ChoresDeps = {
  countFigures: CountFigures
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
export const createChores = (deps: ChoresDeps) => {
  const { countFigures, retire, backfill, logDay, intervalMs, clock, logger } = deps
  let nextAt = Number.NEGATIVE_INFINITY

  const chore = async (name: string, work: () => Promise<void>) => {
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
    await chore('retire', async () => {
      for (const [integration, rows] of Object.entries(await retire(deadline)))
        logger.warn({ integration, rows }, 'integration.retired')
    })
    await chore('figures', async () => {
      for (const unaccounted of await countFigures(clock.now()))
        logger.error(unaccounted, 'figures.unaccounted')
    })
    // After the count that begins the new day: nothing is added to the old one any more.
    await chore('report', logDay)
    await chore('backfill', async () => {
      for (const integration of await backfill()) logger.info({ integration }, 'integration.backfilled')
    })
  }
}
