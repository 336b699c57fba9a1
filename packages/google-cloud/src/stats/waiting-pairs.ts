import type { SeenCenter, SeenRow } from './pairs.ts'
import { waits } from './pairs.ts'

/**
 * Pairs that wait at one integration: centers without a row, rows below their center's version by their state, and retired
 * rows. `behind` is how many versions they lack, of each pair without a row one less.
 */
export type Waiting = {
  missing: number
  stale: Record<string, number>
  retired: number
  behind: number
  oldestAt?: number
}

/** Nothing waits. */
export const noneWaiting = (): Waiting => ({ missing: 0, stale: {}, retired: 0, behind: 0 })

/** Adds a pair where it waits; false where it does not. */
export const addWaiting = (
  to: Waiting,
  center: Pick<SeenCenter, 'version' | 'acceptedAt'>,
  row: SeenRow | undefined,
): boolean => {
  if (!waits(center, row)) return false
  const { version, acceptedAt } = center
  to.behind += row === undefined ? version - 1 : Math.max(0, version - row.version)
  if (row === undefined) to.missing += 1
  else if (row.state === 'retired') to.retired += 1
  else to.stale[row.state] = (to.stale[row.state] ?? 0) + 1
  if (acceptedAt !== undefined) to.oldestAt = Math.min(acceptedAt, to.oldestAt ?? acceptedAt)
  return true
}

/** How many rows are below their center's version. */
export const staleOf = ({ stale }: Waiting): number => Object.values(stale).reduce((sum, n) => sum + n, 0)
