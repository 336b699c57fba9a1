import type { Claim } from './claim.ts'
import { decideSettle } from './decide-settle.ts'
import type { By, DeliveryRow } from './delivery-row.ts'
import type { Outcome } from './outcome.ts'
import type { Clock, Ledger, Revision } from './ports.ts'
import type { IntegrationSettings } from './settings.ts'

/** `settled` is false where the lease was lost meanwhile: then nothing of ours is in the ledger, and nothing is acknowledged. */
export type SettleResult = { row: DeliveryRow; ack: boolean; settled: boolean }

export type SettleDeps = {
  settings: IntegrationSettings
  ledger: Pick<Ledger, 'replace' | 'read'>
  clock: Clock
}

/** Ends a lease with what the call came to. Only a confirmed write may be acknowledged. */
export const createSettle =
  ({ settings, ledger, clock }: SettleDeps) =>
  async ({ row: claimed, revision: expected }: Claim, outcome: Outcome, by: By): Promise<SettleResult> => {
    const { retry, recovery } = settings
    const decided = decideSettle(claimed, outcome, by, { now: clock.now(), retry, recovery })
    let revision: Revision | undefined
    try {
      revision = await ledger.replace(decided.row, expected)
    } catch {
      // Whether it was written is not known yet: the row's token tells.
    }
    if (revision !== undefined) return { ...decided, settled: true }
    const found = await ledger.read(claimed)
    const settled = found?.row.token === claimed.token && found.row.state !== 'delivering'
    return { row: decided.row, ack: decided.ack && settled, settled }
  }
