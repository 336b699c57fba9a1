import type { Integration } from '@mensageria/contracts'
import type { Clock, IntegrationSettings, IntegrationStates, RedriveStore, Stats } from '@mensageria/core'
import { toIntegration } from './to-integration.ts'

export type ShowIntegrationsDeps = {
  engine: {
    states: Pick<IntegrationStates, 'read'>
    stats: Pick<Stats, 'ofIntegration' | 'totals'>
    redrives: Pick<RedriveStore, 'active'>
  }
  settleMs: number
  clock: Pick<Clock, 'now'>
}

/** Reads the health and counts of integrations: the one way from an engine to what the API shows of them. */
export const createShowIntegrations = ({ engine, settleMs, clock }: ShowIntegrationsDeps) => {
  const { states, stats, redrives } = engine
  return async (integrations: readonly IntegrationSettings[]): Promise<Integration[]> => {
    const [active, totals] = await Promise.all([redrives.active(), stats.totals()])
    return Promise.all(
      integrations.map(async (settings) => {
        const { name } = settings
        const [state = {}, counted] = await Promise.all([states.read(name), stats.ofIntegration(name)])
        const known = { state, stats: counted, active, totals }
        return toIntegration(settings, known, { now: clock.now(), settleMs })
      }),
    )
  }
}
