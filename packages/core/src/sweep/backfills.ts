import type { IntegrationStates, RedriveStore } from '../ports/index.ts'
import { isLaneDone } from '../redrive/transitions.ts'

export type BackfillsDeps = {
  states: Pick<IntegrationStates, 'all'>
  active: RedriveStore['active']
}

/**
 * Resolves with whether what waits at an integration is going to be brought: its backfill is still to come, or a redrive of
 * what waits there is not done. Until then nobody has to do anything.
 */
export const createBackfillExpected =
  ({ states, active }: BackfillsDeps) =>
  async (): Promise<(integration: string) => boolean> => {
    const known = await states.all()
    const redrives = await active()
    const isUnderWay = (integration: string): boolean =>
      redrives.some(
        ({ redrive: { state, filter }, lanes }) =>
          state !== 'cancelled' &&
          filter.states.includes('waiting') &&
          lanes.some((lane) => lane.integration === integration && !isLaneDone(lane)),
      )
    return (integration) =>
      known.get(integration)?.membership?.backfilledSince === undefined || isUnderWay(integration)
  }

export type BackfillExpected = ReturnType<typeof createBackfillExpected>
