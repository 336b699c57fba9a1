import { DEFAULT_DIALS } from './dials.ts'
import type { Dials } from './dials.ts'
import { countDuplicates, countVersionsBackwards } from './effect-log.ts'
import type { Effect } from './effect-log.ts'
import type { HttpResult, System } from './system.ts'
import { createTraffic } from './traffic.ts'
import type { Traffic, TrafficStats } from './traffic.ts'

/** Everything that the simulator holds about one system; what changes as a whole is replaced, not emptied. */
export type SystemState = {
  name: string
  system: System
  /** What its callers send as `Bearer`. */
  token: string
  dials: Dials
  effects: Effect[]
  firstAnswers: Map<string, HttpResult>
  traffic: Traffic
  redirectsFollowed: number
}

/** What a test asks about one system after a run. */
export type SystemSummary = TrafficStats & {
  effects: number
  duplicates: number
  versionsBackwards: number
  /** Requests that followed the redirect of the mode `redirect`. */
  redirectsFollowed: number
}

// Called for each state, because a shared Map or array would mix the systems' stats.
const blank = () => ({
  dials: DEFAULT_DIALS,
  effects: [],
  firstAnswers: new Map<string, HttpResult>(),
  traffic: createTraffic(),
  redirectsFollowed: 0,
})

/** A system that nobody has called yet. */
export const createSystemState = (fixed: Pick<SystemState, 'name' | 'system' | 'token'>): SystemState => ({
  ...fixed,
  ...blank(),
})

/** Back to the start. A request still in flight ends in the counters it began in; an effect it has comes after the reset. */
export const resetSystemState = (state: SystemState): void => {
  state.system.clear()
  Object.assign(state, blank())
}

export const summarize = ({ effects, traffic, redirectsFollowed }: SystemState): SystemSummary => ({
  ...traffic.stats(),
  effects: effects.length,
  duplicates: countDuplicates(effects),
  versionsBackwards: countVersionsBackwards(effects),
  redirectsFollowed,
})

/** The summary of each system, by its name. */
export const summarizeAll = (states: ReadonlyMap<string, SystemState>): Record<string, SystemSummary> =>
  Object.fromEntries([...states].map(([name, state]) => [name, summarize(state)]))
