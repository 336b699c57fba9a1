import type { DistributionCenterEvent } from '@mensageria/contracts'
import { decideClaim, type ClaimDecision } from './decide-claim.ts'
import type { DeliveryTrigger, DeliveryRow, RowKey } from '../model/delivery-row.ts'
import type { Clock, Ids, Ledger, ReadRow, Revision } from '../ports/index.ts'
import type { IntegrationSettings } from '../model/settings.ts'

/** A lease of ours on a row: what `settle` needs to end it. */
export type Claim = { row: DeliveryRow; revision: Revision; takenOver: boolean }

export type ClaimResult =
  | Exclude<ClaimDecision, { decision: 'claimed' }>
  | { decision: 'claimed'; claim: Claim }

export type ClaimDeps = {
  settings: IntegrationSettings
  ledger: Pick<Ledger, 'create' | 'read' | 'replace'>
  clock: Clock
  ids: Ids
  isPaused: () => boolean | Promise<boolean>
}

// Each turn that loses a race reads again; the winner holds a lease by then, so more turns change nothing.
const CONFLICT_RETRIES_MAX = 4

type Claimed = Extract<ClaimResult, { decision: 'claimed' }>

// A write of ours whose answer was lost is recognized by its token.
const ownClaim = (found: ReadRow | undefined, token: string): Claimed | undefined =>
  found?.row.token === token && found.row.state === 'delivering'
    ? { decision: 'claimed', claim: { row: found.row, revision: found.revision, takenOver: false } }
    : undefined

/** Takes the lease on a center's row for one event, or says why not; the lease is durable when this resolves. */
export const createClaim = ({ settings, ledger, clock, ids, isPaused }: ClaimDeps) => {
  const tryOnce = async (
    key: RowKey,
    event: DistributionCenterEvent,
    trigger: DeliveryTrigger,
    token: string,
    assumeNoRow: boolean,
  ): Promise<ClaimResult | undefined> => {
    const paused = await isPaused()
    // While paused nothing is written, so the row must be seen: a duplicate is still acknowledged.
    const found = assumeNoRow && !paused ? undefined : await ledger.read(key)
    const own = ownClaim(found, token)
    if (own) return own
    const context = { now: clock.now(), token, paused, retry: settings.retry }
    const decided = decideClaim(found, { ...key, version: event.sequence, trigger }, context)
    if (decided.decision !== 'claimed') return decided
    const { row, takenOver } = decided
    try {
      const revision = found ? await ledger.replace(row, found.revision) : await ledger.create(row)
      return revision === undefined ? undefined : { decision: 'claimed', claim: { row, revision, takenOver } }
    } catch (error) {
      // It may have been written all the same: then this lease is ours, and nobody else may call for 75 s.
      const written = ownClaim(await ledger.read(key).catch(() => undefined), token)
      if (written) return written
      throw error
    }
  }

  return async (event: DistributionCenterEvent, trigger: DeliveryTrigger): Promise<ClaimResult> => {
    const key = { integration: settings.name, centerId: event.subject }
    const token = ids.next()
    // A first version from the broker has no row yet, as a rule: one write and no read.
    const probablyNew = event.sequence === 1 && trigger.kind === 'push'
    for (let turn = 0; turn < CONFLICT_RETRIES_MAX; turn++) {
      const result = await tryOnce(key, event, trigger, token, turn === 0 && probablyNew)
      if (result) return result
    }
    return { decision: 'busy' }
  }
}
