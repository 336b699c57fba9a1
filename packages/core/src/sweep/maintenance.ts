import type { Clock, Stats } from '../ports/index.ts'
import type { ReportDaily } from '../stats/daily-report.ts'
import { dayOf } from '../stats/daily-report.ts'
import type { BackfillExpected } from './backfills.ts'
import type { HealthWatch } from './health-watch.ts'
import type { Retire } from './retire.ts'
import type { MaintenanceTask, SweepObserver } from './sweep-notice.ts'

export type MaintenanceDeps = {
  stats: Pick<Stats, 'count'>
  backfillExpected: BackfillExpected
  health: Pick<HealthWatch, 'seeStats'>
  retire: Retire
  reportDaily: ReportDaily
  purge: (now: number, elapsedMs: number) => Promise<number>
  /** The least time between two rounds, in milliseconds. */
  intervalMs: number
  clock: Pick<Clock, 'now' | 'monotonic'>
  observe: SweepObserver
}

const DAY_MS = 86_400_000

/**
 * What is due seldom, however often it is asked: closing what is gone, counting, telling of outages, the report of the day
 * that has ended, deleting what has expired. Takes until the deadline (monotonic milliseconds) at most. A task that fails
 * costs neither the sweep nor the other tasks, is told, and comes again with the next sweep.
 */
export const createMaintenance = (deps: MaintenanceDeps) => {
  const { stats, backfillExpected, health, retire, reportDaily, purge, intervalMs, clock, observe } = deps
  let nextAt = Number.NEGATIVE_INFINITY
  let reported: string | undefined
  let purgedAt: number | undefined
  // Sweeps may overlap: what one has in work the next would do again.
  let running = false

  const run = async (task: MaintenanceTask, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      nextAt = Number.NEGATIVE_INFINITY
      observe({ notice: 'maintenance.failed', task, error })
    }
  }

  const report = async () => {
    const ended = dayOf(clock.now() - DAY_MS)
    if (ended === reported) return
    observe({ notice: 'report.daily', report: await reportDaily(ended) })
    reported = ended
  }

  const expire = async () => {
    const elapsedMs = clock.monotonic() - (purgedAt ?? clock.monotonic())
    purgedAt = clock.monotonic()
    await purge(clock.now(), elapsedMs)
  }

  const round = async (gone: ReadonlySet<string>, deadline: number) => {
    await run('retire', async () => {
      for (const [integration, rows] of Object.entries(await retire(gone, deadline)))
        if (rows > 0) observe({ notice: 'integration.retired', integration, rows })
    })
    await run('stats', async () => {
      const found = await stats.count(clock.now())
      if (found.length === 0) return
      const isExpected = await backfillExpected()
      for (const unaccounted of found)
        if (!isExpected(unaccounted.integration)) observe({ notice: 'stats.unaccounted', ...unaccounted })
    })
    await run('health', health.seeStats)
    // After the count that begins the new day: nothing is added to the old one any more.
    await run('report', report)
    await run('purge', expire)
  }

  return async (gone: ReadonlySet<string>, deadline: number): Promise<void> => {
    if (running || clock.monotonic() < nextAt) return
    nextAt = clock.monotonic() + intervalMs
    running = true
    try {
      await round(gone, deadline)
    } finally {
      running = false
    }
  }
}

export type Maintenance = ReturnType<typeof createMaintenance>
