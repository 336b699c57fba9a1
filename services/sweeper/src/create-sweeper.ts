import {
  createBackfill,
  createDailyReport,
  createRateBudgets,
  createRecover,
  createRequestRedrive,
  createRetire,
  createRunRedrives,
  createSweep,
  createSweepEvents,
  type AuditLog,
  type CenterStore,
  type Clock,
  type DailyStats,
  type DeliverySearch,
  type Stats,
  type HandOver,
  type Ids,
  type IntegrationSettings,
  type IntegrationStates,
  type Ledger,
  type Outbox,
  type Publisher,
  type RedriveStore,
  type OrphanedRows,
  type Sweep,
} from '@mensageria/core'
import { createDailyLog, type Logger } from '@mensageria/runtime'
import { createMaintenance, type CountStats } from './maintenance.ts'

/** What a sweep works on: an engine's stores and publisher, and the way to the integrations. */
export type SweeperDeps = {
  integrations: readonly IntegrationSettings[]
  centers: Pick<CenterStore, 'read'>
  ledger: Ledger
  outbox: Outbox
  publisher: Publisher
  states: IntegrationStates
  search: DeliverySearch
  redrives: RedriveStore
  orphans: OrphanedRows
  audit: AuditLog
  stats: Stats
  daily: DailyStats
  /** Counts everything for people; an engine whose figures are live has nothing to count. */
  countStats?: CountStats
  maintenanceIntervalMs: number
  handOver: HandOver
  clock: Clock
  ids: Ids
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/**
 * Composes the sweep of one process: open events, the backlog, what people asked for, and the chores beside them. Calls
 * that overlap share what must not run twice.
 */
export const createSweeper = (deps: SweeperDeps): Sweep => {
  const { integrations, centers, ledger, outbox, publisher, states, handOver, clock, ids, logger } = deps
  const { search, redrives, orphans, audit, stats, daily, countStats = async () => [] } = deps
  const budgets = createRateBudgets(clock)
  const requestRedrive = createRequestRedrive({ redrives, search, audit, clock, ids, integrations })
  const reportDaily = createDailyReport({ daily, stats, clock, integrations })
  const maintenance = createMaintenance({
    countStats,
    retire: createRetire({ orphans, ledger, audit, clock, ids, integrations }),
    backfill: createBackfill({ stats, redrives, requestRedrive, integrations }),
    logDay: createDailyLog({ reportDaily, clock, logger }),
    intervalMs: deps.maintenanceIntervalMs,
    clock,
    logger,
  })
  const sweep = createSweep({
    integrations,
    states,
    ledger,
    clock,
    sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock, integrations }),
    recover: createRecover({ centers, ledger, clock, ids, handOver, budgets }),
    runRedrives: createRunRedrives({
      integrations,
      redrives,
      search,
      centers,
      ledger,
      states,
      clock,
      ids,
      handOver,
      budgets,
    }),
    onHealthChange: (integration, news) =>
      news === 'down'
        ? logger.error({ integration }, 'integration.down')
        : logger.info({ integration }, 'integration.back'),
  })
  return async (budgetMs) => {
    const [report] = await Promise.all([sweep(budgetMs), maintenance(clock.monotonic() + budgetMs)])
    return report
  }
}
