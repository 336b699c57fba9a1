import { createDeliver, type AttemptReport, type Deliver } from './deliver/deliver.ts'
import type { ExternalCall } from './deliver/call.ts'
import type { Engine } from './engine.ts'
import { createPublish } from './intake/publish.ts'
import { createRegister, type Register } from './intake/register.ts'
import { createUpdate, type Update } from './intake/update.ts'
import type { IntegrationSettings } from './model/settings.ts'
import { createAnnotateFailures, type AnnotateFailures } from './operate/annotate-failures.ts'
import { createPauses, type Pauses } from './operate/pauses.ts'
import { createPark, type Park } from './park/park.ts'
import type { Clock, Ids, Publisher } from './ports/index.ts'
import type { Pacing } from './pace/pacing.ts'
import { createRateBudgets } from './recovery/rate-budget.ts'
import { createRecover } from './recovery/recover.ts'
import type { HandOver } from './recovery/send-window.ts'
import { createRunRedrives } from './redrive/runner.ts'
import { createRedrives, type Redrives } from './redrive/service.ts'
import { createDailyReport, type ReportDaily } from './stats/daily-report.ts'
import { createBecomeReal } from './sweep/become-real.ts'
import { createBackfillExpected } from './sweep/backfills.ts'
import type { MembershipPolicy } from './sweep/decide-membership.ts'
import { createHealthWatch } from './sweep/health-watch.ts'
import { createMaintenance } from './sweep/maintenance.ts'
import { createMembership } from './sweep/membership.ts'
import { createOpenEvents } from './sweep/open-events.ts'
import { createRetire } from './sweep/retire.ts'
import type { SweepObserver } from './sweep/sweep-notice.ts'
import { createSweep, type Sweep } from './sweep/sweep.ts'
import { createTellBackfill } from './sweep/tell-backfill.ts'

// Which use case stands on what. Every process, the simulation and the tests compose here and nowhere else, so what is shown
// is what ships.

/** Time, ids and randomness of the process. */
export type Base = { clock: Clock; ids: Ids }

/** What accepts centers. */
export type Intake = { register: Register; update: Update }

/** Composes what accepts centers and publishes their events. */
export const composeIntake = (
  { centers }: Pick<Engine, 'centers'>,
  { publisher, clock, ids }: Base & { publisher: Publisher },
): Intake => {
  const publish = createPublish({ publisher, clock })
  return {
    register: createRegister({ centers, publish, clock, ids }),
    update: createUpdate({ centers, publish, clock, ids }),
  }
}

export type DelivererOptions = Base & {
  settings: IntegrationSettings
  call: ExternalCall
  /** Shared with the broker that asks before it pushes; one of its own unless given. */
  pacing?: Pacing
  /** Told of each attempt once it is settled, or its lease is lost. */
  onAttempt(report: AttemptReport): void
}

/** Composes the delivery to one integration, for pushes and hand-overs alike. */
export const composeDeliverer = (
  { ledger, states }: Pick<Engine, 'ledger' | 'states'>,
  options: DelivererOptions,
): Deliver =>
  createDeliver({
    ...options,
    ledger,
    isPaused: async () => (await states.read(options.settings.name))?.paused !== undefined,
  })

/** Composes what takes over dead letters. */
export const composePark = ({ ledger }: Pick<Engine, 'ledger'>, { clock, ids }: Base): Park =>
  createPark({ ledger, clock, ids })

/** What people do and read. */
export type Operations = {
  redrives: Redrives
  pauses: Pauses
  annotateFailures: AnnotateFailures
  reportDaily: ReportDaily
}

/** Composes what people do and read. */
export const composeOperations = (
  {
    redrives,
    search,
    stats,
    audit,
    states,
    notes,
  }: Pick<Engine, 'redrives' | 'search' | 'stats' | 'audit' | 'states' | 'notes'>,
  { integrations, clock, ids }: Base & { integrations: readonly { name: string }[] },
): Operations => ({
  redrives: createRedrives({ redrives, search, stats, audit, clock, ids, integrations }),
  pauses: createPauses({ states, audit, clock }),
  annotateFailures: createAnnotateFailures({ notes, audit, clock }),
  reportDaily: createDailyReport({ stats, clock, integrations }),
})

export type SweeperOptions = Base & {
  integrations: readonly IntegrationSettings[]
  publisher: Publisher
  handOver: HandOver
  /** How often maintenance runs (`intervalMs`), and how the list of integrations changes. */
  maintenance: MembershipPolicy & { intervalMs: number }
  observe: SweepObserver
}

/**
 * Composes the sweep of one process: the list of integrations, open events, the backlog, redrives, maintenance. Calls that
 * overlap share what must not run twice: rate budgets, running recoveries, running lanes.
 */
export const composeSweeper = (engine: Engine, options: SweeperOptions): Sweep => {
  const { centers, ledger, outbox, states, search, stats, audit } = engine
  const { integrations, publisher, handOver, maintenance, observe, clock, ids } = options
  const budgets = createRateBudgets(clock)
  const { redrives, reportDaily } = composeOperations(engine, options)
  const health = createHealthWatch({ integrations, states, stats, clock, observe })
  return createSweep({
    integrations,
    states,
    ledger,
    health,
    clock,
    membership: createMembership({
      integrations,
      states,
      ledger,
      centers,
      active: () => engine.redrives.active(),
      redrives,
      becomeReal: createBecomeReal({ ledger, states, audit, clock, ids, observe }),
      tellBackfill: createTellBackfill({ stats, policy: maintenance, clock, observe }),
      policy: maintenance,
      clock,
      observe,
    }),
    openEvents: createOpenEvents({ outbox, ledger, publisher, clock, integrations }),
    recover: createRecover({ centers, ledger, clock, ids, handOver, budgets }),
    runRedrives: createRunRedrives({
      integrations,
      redrives: engine.redrives,
      search,
      centers,
      ledger,
      states,
      clock,
      ids,
      handOver,
      budgets,
      onProgress: (redrive) => observe({ notice: 'redrive.progressed', redrive }),
    }),
    maintenance: createMaintenance({
      stats,
      backfillExpected: createBackfillExpected({ states, active: () => engine.redrives.active() }),
      health,
      retire: createRetire({ ledger, audit, clock, ids }),
      reportDaily,
      purge: (now, elapsedMs) => engine.purge(now, elapsedMs),
      intervalMs: maintenance.intervalMs,
      clock,
      observe,
    }),
  })
}
