import { SYSTEM_REASONS } from '@mensageria/contracts'
import { mapLimit } from '../map-limit.ts'
import type { IntegrationState, Membership } from '../model/integration-state.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import { waitingForReal } from '../model/simulated.ts'
import type { AuditLog, Clock, Ids, IntegrationStates, Ledger } from '../ports/index.ts'
import type { SweepObserver } from './sweep-notice.ts'

export type BecomeRealDeps = {
  ledger: Pick<Ledger, 'simulated' | 'replace'>
  states: Pick<IntegrationStates, 'write'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now' | 'monotonic'>
  ids: Pick<Ids, 'next'>
  observe: SweepObserver
}

const BATCH = 500
const ROWS_AT_ONCE = 8

/** The place in the list of an integration whose simulator is gone: its backfill is to come again, with the `since` that it has. */
const withoutBackfill = (now: number, since = 0): Membership => ({
  unsettledAt: now,
  ...(since === 0 ? {} : { from: since }),
  fromSimulator: true,
})

/**
 * Makes what a simulator has settled wait again, where a real system answers now, until the deadline (monotonic milliseconds).
 * Before the first row it is written down that the integration's backfill is to come, so a process that dies leaves rows that
 * wait and a backfill that brings them. Resolves with whether nothing of a simulator is left.
 */
export const createBecomeReal = ({ ledger, states, audit, clock, ids, observe }: BecomeRealDeps) => {
  // A process calls a simulator or the real system, never both: what was real once stays so.
  const areReal = new Set<string>()

  const begin = async (
    { name, since }: Pick<IntegrationSettings, 'name' | 'since'>,
    membership: Membership | undefined,
  ) => {
    const now = clock.now()
    if (!membership?.fromSimulator) await states.write(name, 'membership', withoutBackfill(now, since))
    const entry = { action: 'integration.real', target: name, reason: SYSTEM_REASONS.becomesReal.en } as const
    await audit.append({ at: now, actor: 'system', ...entry })
  }

  return async (
    settings: IntegrationSettings,
    { membership }: Pick<IntegrationState, 'membership'>,
    deadline: number,
  ): Promise<boolean> => {
    const { name, simulated } = settings
    if (simulated || areReal.has(name)) return true
    let rows = 0
    let found = await ledger.simulated(name, BATCH)
    if (found.length > 0) await begin(settings, membership)
    while (found.length > 0 && clock.monotonic() < deadline) {
      let written = 0
      await mapLimit(found, ROWS_AT_ONCE, async ({ row, revision }) => {
        const replaced = await ledger.replace(waitingForReal(row, ids.next()), revision)
        if (replaced !== undefined) written += 1
      })
      rows += written
      // Somebody else has them in work: the next sweep looks again.
      if (written === 0) break
      found = await ledger.simulated(name, BATCH)
    }
    if (rows > 0) observe({ notice: 'integration.real', integration: name, rows })
    if (found.length > 0) return false
    areReal.add(name)
    return true
  }
}

export type BecomeReal = ReturnType<typeof createBecomeReal>
