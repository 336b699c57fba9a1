import { createConsolePlugin, toRedrive, type EventHub } from '@mensageria/console'
import {
  createAnnotateFailures,
  createBackfill,
  createDailyReport,
  createPauseIntegration,
  createRequestRedrive,
  createRetire,
  createRunRedrives,
  type Backfill,
  type Clock,
  type HandOver,
  type Ids,
  type IntegrationSettings,
  type RateBudgets,
  type ReportDaily,
  type Retire,
  type RunRedrives,
} from '@mensageria/core'
import type { Embedded } from '@mensageria/embedded'
import type { AppPlugin } from '@mensageria/runtime'

type OperationsParts = {
  engine: Embedded
  integrations: readonly IntegrationSettings[]
  handOver: HandOver
  budgets: RateBudgets
  hub: EventHub
  clock: Clock
  ids: Ids
}

/** What people ask for (the operations API), and the parts of the sweep that do it or act in the name of the system. */
export const composeOperations = (
  parts: OperationsParts,
): {
  consolePlugin: AppPlugin
  runRedrives: RunRedrives
  retire: Retire
  backfill: Backfill
  reportDaily: ReportDaily
} => {
  const { engine, integrations, handOver, budgets, hub, clock, ids } = parts
  const {
    centers,
    ledger,
    states,
    unreadable,
    search,
    stats,
    daily,
    attempts,
    notes,
    redrives,
    audit,
    orphans,
  } = engine
  const reportDaily = createDailyReport({ daily, stats, clock, integrations })
  const requestRedrive = createRequestRedrive({ redrives, search, audit, clock, ids, integrations })
  return {
    consolePlugin: createConsolePlugin({
      integrations,
      states,
      stats,
      notes,
      search,
      redrives,
      audit,
      unreadable,
      hub,
      attempts,
      clock,
      requestRedrive,
      pauseIntegration: createPauseIntegration({ states, audit, clock }),
      annotateFailures: createAnnotateFailures({ notes, audit, clock }),
      reportDaily,
    }),
    reportDaily,
    retire: createRetire({ orphans, ledger, audit, clock, ids, integrations }),
    backfill: createBackfill({ stats, redrives, requestRedrive, integrations }),
    runRedrives: createRunRedrives({
      redrives,
      search,
      centers,
      ledger,
      states,
      clock,
      ids,
      handOver,
      budgets,
      integrations,
      onStep: (redrive) => hub.publish('redrive', () => toRedrive(redrive)),
    }),
  }
}
