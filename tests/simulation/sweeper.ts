import {
  composeOperations,
  composeSweeper,
  type Engine,
  type HandOver,
  type Ids,
  type IntegrationSettings,
  type Publisher,
  type RedriveRequest,
  type Sweep,
} from '@mensageria/core'
import type { Run } from './faults.ts'
import type { Scheduler } from './scheduler.ts'

/** What a person does: asks for a redrive, or acts on every one that there is. */
export type Operation = { ask: RedriveRequest } | { act: 'pause' | 'resume' | 'cancel' }

/** The sweeper's processes, and the people who ask for some of what they do. */
export type Sweeper = {
  /** One sweep of the process of this list; a process that died is started again. */
  sweepOnce(list: readonly IntegrationSettings[]): Promise<void>
  operate(operation: Operation): Promise<void>
  /** When processes were started because there was none, in virtual milliseconds. */
  starts: number[]
  /** Ends all of them at once, as a machine that boots does. */
  restart(): void
}

type Options = {
  scheduler: Scheduler
  ids: Ids
  newRun: () => Run
  engineOf: (run: Run, list: readonly IntegrationSettings[]) => Engine
  /** The redrives that a person may act on in this way. */
  redriveIds: (action: 'pause' | 'resume' | 'cancel') => readonly string[]
  list: () => readonly IntegrationSettings[]
  publisher: Publisher
  handOver: HandOver
  sharesRate: boolean
}

/** Sweeps go on for 50 s; what a hand-over has begun may take 45 s more. */
const SWEEP_MS = 50_000
const SETTLE_MS = 120_000
/** A day in production: here a run lasts for minutes. */
export const RETIRE_AFTER_MS = 600_000

/** Composes sweeps as the sweeper does: one process for a list, whose sweeps share its budgets and die with it. */
export const createSweeper = (options: Options): Sweeper => {
  const { scheduler, ids, newRun, engineOf, publisher, handOver, sharesRate } = options
  const { clock } = scheduler
  const processes = new Map<readonly IntegrationSettings[], { run: Run; sweep: Sweep }>()
  const starts: number[] = []

  const start = (list: readonly IntegrationSettings[]) => {
    const run = newRun()
    const sweep = composeSweeper(engineOf(run, list), {
      integrations: list,
      publisher,
      handOver,
      maintenance: { intervalMs: 60_000, settleMs: SETTLE_MS, retireAfterMs: RETIRE_AFTER_MS },
      observe: () => {},
      clock,
      ids,
    })
    const started = { run, sweep }
    processes.set(list, started)
    return started
  }

  return {
    starts,
    restart: () => {
      for (const { run } of processes.values()) run.die()
    },
    sweepOnce: async (list) => {
      const known = processes.get(list)
      const lives = known !== undefined && !known.run.isDead()
      if (!lives) starts.push(scheduler.elapsed())
      const { sweep } = lives && sharesRate ? known : start(list)
      await sweep(SWEEP_MS)
    },
    operate: async (operation) => {
      const list = options.list()
      const { redrives } = composeOperations(engineOf(newRun(), list), { integrations: list, clock, ids })
      if ('ask' in operation) {
        await redrives.create(operation.ask)
        return
      }
      const acted = options.redriveIds(operation.act)
      await Promise.all(acted.map((id) => redrives.act(id, operation.act, 'ana')))
    },
  }
}
