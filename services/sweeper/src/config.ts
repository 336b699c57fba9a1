import { variablesOf } from '@mensageria/contracts'
import type { SweeperOptions } from '@mensageria/core'
import {
  CloudConfig,
  ConfigError,
  durationBetween,
  IntegrationsConfig,
  loadConfig,
  RetireAfter,
} from '@mensageria/runtime'
import type { Env, PushEndpoint } from '@mensageria/runtime'
import { z } from 'zod'

// The scheduler calls every minute. A hand-over that begins last may take 50 s more: the service's own time limit must be
// above 105 s, and two sweeps may then overlap.
const BUDGET_MAX = '55s'

// A sweep goes on for its budget, and what it has handed over last for 50 s more. Until then, and somewhat longer, a sweeper
// of the image before, which has another list, may still close events.
const SETTLE_AFTER_BUDGET_MS = 70_000

/** Configuration of the sweeper by environment variables; a bad value stops the start and names the variable. */
export const SweeperConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** How long one call may go on sweeping: below the minute after which the next one comes. */
  SWEEP_BUDGET: durationBetween('1s', BUDGET_MAX).default(50_000),
  /** How old the stats that people see may be; below the minute between two calls, or every second one would count. */
  STATS_INTERVAL: durationBetween('1s', '1h').default(50_000),
  /** How long an integration that is missing from the list keeps its open rows: a rolled-back image must not retire them. */
  RETIRE_AFTER: RetireAfter.default(86_400_000),
})
export type SweeperConfig = z.output<typeof SweeperConfig>

/** How often maintenance runs, and how the list of integrations changes. */
export const maintenanceOf = (
  config: Pick<SweeperConfig, 'SWEEP_BUDGET' | 'STATS_INTERVAL' | 'RETIRE_AFTER'>,
): SweeperOptions['maintenance'] => ({
  intervalMs: config.STATS_INTERVAL,
  settleMs: config.SWEEP_BUDGET + SETTLE_AFTER_BUDGET_MS,
  retireAfterMs: config.RETIRE_AFTER,
})

const variableOf = (name: string) => variablesOf(name).pushUrl

const url = z.url({ protocol: /^https?$/ }).describe('where the integration takes pushes')

/**
 * Where each integration takes hand-overs: NAME_PUSH_URL, in upper case and with `_` for `-`. Throws ConfigError, which
 * names the variable that is missing.
 */
export const loadPushEndpoints = (names: readonly string[], env: Env): Record<string, PushEndpoint> => {
  const schema = z.object(Object.fromEntries(names.map((name) => [variableOf(name), url])))
  const values = loadConfig(schema, env)
  return Object.fromEntries(
    names.map((name) => {
      const value = values[variableOf(name)]
      if (value === undefined) throw new ConfigError(`${variableOf(name)} is not set`)
      return [name, { url: value }]
    }),
  )
}
