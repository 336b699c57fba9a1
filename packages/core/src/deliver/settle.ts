import type { Claim } from './claim.ts'
import { decideSettle } from './decide-settle.ts'
import type { DeliveryTrigger, DeliveryRow } from '../model/delivery-row.ts'
import type { Outcome } from './outcome.ts'
import type { Clock, Ledger } from '../ports/index.ts'
import type { IntegrationSettings } from '../model/settings.ts'

/** `settled` is false where the lease was lost meanwhile: then nothing of ours is in the ledger, and nothing is acknowledged. */
export type SettleResult = { row: DeliveryRow; ack: boolean; settled: boolean }

export type SettleDeps = {
  settings: IntegrationSettings
  ledger: Pick<Ledger, 'replace' | 'read'>
  clock: Clock
}

/** Ends a lease with what the call came to, after so many milliseconds by a clock that does not jump. Only a confirmed write may be acknowledged. */
export const createSettle =
  ({ settings, ledger, clock }: SettleDeps) =>
  async (
    { row: claimed, revision: expected }: Claim,
    outcome: Outcome,
    trigger: DeliveryTrigger,
    tookMs: number,
  ): Promise<SettleResult> => {
    const { retry, recovery, simulated } = settings
    const context = { now: clock.now(), tookMs, retry, recovery, simulated }
    const decided = decideSettle(claimed, outcome, trigger, context)
    // One more try where the write of a success threw: the effect is there, and without its row it would be called again.
    // The same revision is expected, so that two writes cannot both be made.
    const triesMax = decided.ack ? 2 : 1
    for (let tries = 0; tries < triesMax; tries++) {
      try {
        const revision = await ledger.replace(decided.row, expected)
        if (revision !== undefined) return { ...decided, settled: true }
        break
      } catch {
        // Whether it was written is not known yet: the row's token tells.
      }
    }
    const found = await ledger.read(claimed)
    const settled = found?.row.token === claimed.token && found.row.state !== 'delivering'
    return { row: decided.row, ack: decided.ack && settled, settled }
  }
