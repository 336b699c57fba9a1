import { CloudConfig, ConfigError, Duration, IntegrationsConfig, loadConfig } from '@mensageria/runtime'
import type { PushEndpoint } from '@mensageria/runtime'
import { z } from 'zod'

// The scheduler calls every minute. A hand-over that begins last may take 45 s more: the service's own time limit must be
// above 100 s, and two sweeps may then overlap.
const BUDGET_MS_MAX = 55_000

/** Configuration of the sweeper by environment variables; a bad value stops the start and names the variable. */
export const SweeperConfig = CloudConfig.extend(IntegrationsConfig.shape).extend({
  /** How long one call may go on sweeping: below the minute after which the next one comes. */
  SWEEP_BUDGET: Duration.refine((ms) => ms <= BUDGET_MS_MAX, { error: 'Must be at most 55s' }).default(
    50_000,
  ),
  /** How old the figures that people see may be; below the minute between two calls, or every second one would count. */
  FIGURES_INTERVAL: Duration.default(50_000),
})
export type SweeperConfig = z.output<typeof SweeperConfig>

const variableOf = (name: string) => `${name.toUpperCase().replaceAll('-', '_')}_PUSH_URL`

const url = z.url({ protocol: /^https?$/ }).describe('where the integration takes pushes')

/**
 * Where each integration takes hand-overs: NAME_PUSH_URL, in upper case and with `_` for `-`. Throws ConfigError, which
 * names the variable that is missing.
 */
export const loadPushEndpoints = (
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, PushEndpoint> => {
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
