import type { Redrive } from '../model/redrive.ts'
import type { Stats, RedriveStore } from '../ports/index.ts'
import type { RequestRedrive } from '../redrive/request-redrive.ts'

type Totals = Awaited<ReturnType<Stats['totals']>>

/**
 * The integrations for which centers wait that no open event will bring: each center that waits has an open event, unless
 * the integration is new, or was away from the list, since that event was closed. One that is being backfilled is none.
 */
export const decideBackfill = (
  { openEvents, waiting }: Pick<Totals, 'openEvents' | 'waiting'>,
  integrations: readonly string[],
  active: readonly Pick<Redrive, 'filter'>[],
): string[] =>
  integrations.filter(
    (name) =>
      (waiting[name] ?? 0) > openEvents &&
      !active.some(({ filter }) => filter.integration === name && filter.states.includes('waiting')),
  )

export type BackfillDeps = {
  stats: Pick<Stats, 'totals'>
  redrives: Pick<RedriveStore, 'active'>
  requestRedrive: Pick<RequestRedrive, 'create'>
  integrations: readonly { name: string }[]
}

const REASON = 'Centers wait whose events are closed: the integration is new, or was away from the list'

/**
 * Finds centers that nobody would bring and begins a redrive of them, in the name of the system. Those from before an
 * integration's `since` are not its own and wait for a person. Resolves with the integrations.
 */
export const createBackfill = ({ stats, redrives, requestRedrive, integrations }: BackfillDeps) => {
  const names = integrations.map(({ name }) => name)
  return async (): Promise<string[]> => {
    const active = await redrives.active()
    const lacking = decideBackfill(await stats.totals(), names, active)
    for (const integration of lacking) {
      const filter = { integration, states: ['waiting'] as const, backfill: false }
      await requestRedrive.create({ filter, reason: REASON, requestedBy: 'system', force: false })
    }
    return lacking
  }
}

export type Backfill = ReturnType<typeof createBackfill>
