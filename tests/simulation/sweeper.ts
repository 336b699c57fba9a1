import {
  createRateBudgets,
  createRecover,
  createRequestRedrive,
  createRunRedrives,
  createSweep,
  createSweepEvents,
  type HandOver,
  type Ids,
  type IntegrationSettings,
  type Ledger,
  type Publisher,
  type RateBudgets,
  type RedriveRequest,
} from '@mensageria/core'
import type { Run } from './faults.ts'
import { createRedrives, createSearch } from './redrives.ts'
import type { Scheduler } from './scheduler.ts'
import { createCenters, createOutbox, createStates, type Stored } from './stores.ts'

/** What a person does: asks for a redrive, or acts on every one that there is. */
export type Operation = { ask: RedriveRequest } | { act: 'pause' | 'resume' | 'cancel' }

/** The sweeps, and the people who ask for some of what they do. */
export type Sweeper = { sweepOnce(): Promise<void>; operate(operation: Operation): Promise<void> }

type Options = {
  stored: Stored
  settings: readonly IntegrationSettings[]
  scheduler: Scheduler
  ids: Ids
  newRun: () => Run
  ledgerOf: (run: Run) => Ledger
  publisher: Publisher
  handOver: HandOver
  sharesRate: boolean
}

const NO_BUDGETS: RateBudgets = { waitMs: () => 0, take: () => true }

/** Composes sweeps as the sweeper's one process does: each may die at any step, the budgets are the process's. */
export const createSweeper = (options: Options): Sweeper => {
  const { stored, settings, scheduler, ids, newRun, ledgerOf, publisher, handOver } = options
  const { clock } = scheduler
  const budgets = options.sharesRate ? createRateBudgets(clock) : NO_BUDGETS
  const audit = { append: async () => {} }

  return {
    sweepOnce: async () => {
      const run = newRun()
      const ledger = ledgerOf(run)
      const centers = createCenters(stored, run, scheduler)
      const states = createStates(stored, run)
      const outbox = createOutbox(stored, run)
      const sweep = createSweep({
        integrations: settings,
        states,
        ledger,
        clock,
        sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock, integrations: settings }),
        recover: createRecover({ centers, ledger, clock, ids, handOver, budgets }),
        runRedrives: createRunRedrives({
          redrives: createRedrives(stored, run),
          search: createSearch(stored, run, settings),
          centers,
          ledger,
          states,
          clock,
          ids,
          handOver,
          budgets,
          integrations: settings,
        }),
      })
      await sweep(50_000)
    },
    operate: async (operation) => {
      const run = newRun()
      const redrives = createRedrives(stored, run)
      const search = createSearch(stored, run, settings)
      const request = createRequestRedrive({ redrives, search, audit, clock, ids, integrations: settings })
      if ('ask' in operation) {
        await request.create(operation.ask)
        return
      }
      await Promise.all(Array.from(stored.redrives.keys(), (id) => request.act(id, operation.act, 'ana')))
    },
  }
}
