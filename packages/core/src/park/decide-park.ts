import { isLeased, type SeenRow } from '../deliver/decide-claim.ts'
import { doubtLeftMs } from '../deliver/held-until.ts'
import { blankRow, forVersion, type DeliveryRow, type RowKey } from '../model/delivery-row.ts'

/** A dead letter: the broker gave this version of this center up for this integration. */
export type ParkRequest = RowKey & { version: number }

export type ParkDecision =
  | { decision: 'done' }
  | { decision: 'wait' }
  | { decision: 'park'; row: DeliveryRow }

const NEVER_CALLED =
  'The broker gave up before any call was made: the integration was paused or could not be reached'

/**
 * Decides what a dead letter means for its row. `done`: nothing is lost by forgetting it. `wait`: somebody is calling
 * right now; it must come again. `park`: the sweeper owns the row from now on (a refused row stays refused).
 */
export const decidePark = (
  seen: SeenRow | undefined,
  request: ParkRequest,
  context: { now: number; token: string },
): ParkDecision => {
  const { now, token } = context
  if (seen) {
    const { row } = seen
    if (request.version < row.version || row.deliveredVersion >= request.version) return { decision: 'done' }
    if (isLeased(seen)) return { decision: 'wait' }
    if (request.version === row.version) {
      if (row.state === 'parked' || (row.state === 'rejected' && row.parkedAt !== undefined))
        return { decision: 'done' }
      if (row.state === 'rejected')
        return { decision: 'park', row: { ...row, token, inDoubtMs: doubtLeftMs(seen), parkedAt: now } }
    }
  }
  const fields =
    seen === undefined
      ? blankRow(request, request.version, token)
      : seen.row.version < request.version
        ? forVersion(seen.row, request.version, token)
        : { ...seen.row, token }
  const lastFailure = fields.lastFailure ?? {
    kind: 'held' as const,
    cause: 'no-call',
    message: NEVER_CALLED,
    at: now,
  }
  // The call of a lease whose owner died may still land.
  const inDoubtMs = seen && doubtLeftMs(seen)
  return {
    decision: 'park',
    row: { ...fields, inDoubtMs, lastFailure, state: 'parked', parkedAt: now, dueAt: now },
  }
}
