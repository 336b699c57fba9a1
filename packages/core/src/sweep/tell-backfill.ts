import type { Membership } from '../model/integration-state.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { Clock, Stats } from '../ports/index.ts'
import type { MembershipPolicy } from './decide-membership.ts'
import { isBackfillToCome, planBackfill } from './plan-backfill.ts'
import type { SweepObserver } from './sweep-notice.ts'

export type TellBackfillDeps = {
  stats: Pick<Stats, 'ofIntegration' | 'totals'>
  policy: Pick<MembershipPolicy, 'settleMs'>
  clock: Pick<Clock, 'now'>
  observe: SweepObserver
}

/**
 * Tells once of each backfill that is to come, before it begins: who has added a row learns how many older centers its system
 * is going to get while there is time to say otherwise. Counts that are not there yet are asked for again by the next sweep.
 */
export const createTellBackfill = ({ stats, policy, clock, observe }: TellBackfillDeps) => {
  const told = new Set<string>()
  const read = async (name: string) => {
    const [{ counts }, { openEvents }] = await Promise.all([stats.ofIntegration(name), stats.totals()])
    return { counts, openEvents }
  }

  return async (settings: IntegrationSettings, membership: Membership | undefined): Promise<void> => {
    const { name } = settings
    if (!isBackfillToCome(membership, settings)) {
      told.delete(name)
      return
    }
    if (told.has(name)) return
    // It is told for people: what fails here must not keep the list from being remembered.
    const counted = await read(name).catch(() => undefined)
    const at = { now: clock.now(), settleMs: policy.settleMs }
    const plan = counted && planBackfill(membership, settings, counted, at)
    if (!plan) return
    told.add(name)
    observe({ notice: 'integration.backfill-planned', ...plan })
  }
}

export type TellBackfill = ReturnType<typeof createTellBackfill>
