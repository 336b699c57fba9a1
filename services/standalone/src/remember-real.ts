import type { Clock, IntegrationSettings, IntegrationState, IntegrationStates } from '@mensageria/core'

/**
 * Writes down which integrations deliver to a real system, before they do: a later start that lacks its address is refused
 * instead of simulated.
 */
export const rememberReal = async (
  states: Pick<IntegrationStates, 'write'>,
  known: ReadonlyMap<string, IntegrationState>,
  integrations: readonly IntegrationSettings[],
  clock: Pick<Clock, 'now'>,
): Promise<void> => {
  for (const { name, simulated } of integrations) {
    if (simulated || known.get(name)?.real) continue
    await states.write(name, 'real', { since: clock.now() })
  }
}
