import type { DeliveryRow } from './delivery-row.ts'

// A simulator stands in for a system while somebody tries the product out. What it took is no delivery: rows remember what
// the real system has, and get back to that once a real one answers.

/** Whether a simulator had the last word on a row, and no message of the broker brings it to the real system. */
export const isSettledBySimulator = ({ simulated, state }: DeliveryRow): boolean =>
  simulated !== undefined && (state === 'delivered' || state === 'rejected' || state === 'parked')

/** The row with the outcome of a simulator's call; `before` is the row as it was when the call began. */
export const bySimulator = (before: DeliveryRow, after: DeliveryRow): DeliveryRow => {
  const { deliveredVersion, externalId, tally } = before
  const real = {
    deliveredVersion,
    ...(externalId === undefined ? {} : { externalId }),
    ...(tally === undefined ? {} : { tally }),
  }
  return { ...after, simulated: before.simulated ?? real }
}

/** The row as the real system knows it: without what a simulator took. */
export const withoutSimulator = (row: DeliveryRow): DeliveryRow => {
  if (row.simulated === undefined) return row
  const { simulated, tally: _, ...rest } = row
  const { deliveredVersion, externalId, tally } = simulated
  return { ...rest, deliveredVersion, externalId, ...(tally === undefined ? {} : { tally }) }
}

/**
 * The row once a real system takes the simulator's place: it waits, as if nobody had been called. Its history stays, and says
 * of each attempt who answered.
 */
export const waitingForReal = (row: DeliveryRow, token: string): DeliveryRow => {
  const { dueAt: _, ...fields } = { dueAt: undefined, ...withoutSimulator(row) }
  return {
    ...fields,
    token,
    attempts: 0,
    lastAttemptAt: undefined,
    notBefore: undefined,
    inDoubtMs: undefined,
    parkedAt: undefined,
    recoveryFailures: 0,
    lastFailure: undefined,
    state: 'retired',
  }
}
