import { SYSTEM_REASONS } from '@mensageria/contracts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { doubtLeftMs } from '../deliver/held-until.ts'
import { mapLimit } from '../map-limit.ts'
import type { AuditLog, Clock, Ids, Ledger, ReadRow } from '../ports/index.ts'

export type RetireDeps = {
  ledger: Pick<Ledger, 'due' | 'replace'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now' | 'monotonic'>
  ids: Pick<Ids, 'next'>
}

const BATCH = 200
const ROWS_AT_ONCE = 8

/**
 * The row as its integration leaves it. What it has achieved stays; it fails no more, and belongs to nobody. The call of a
 * lease whose owner died may still land.
 */
export const retiredRow = (seen: Pick<ReadRow, 'row' | 'ageMs'>, token: string): DeliveryRow => {
  const { row } = seen
  const { dueAt: _, ...fields } = { dueAt: undefined, ...row }
  return {
    ...fields,
    token,
    inDoubtMs: doubtLeftMs(seen),
    parkedAt: undefined,
    lastFailure: undefined,
    state: 'retired',
  }
}

/**
 * Closes the open rows of integrations that are gone for good, until the deadline (monotonic milliseconds): nobody would
 * ever move them. Audited before it happens. Resolves with how many, by integration.
 */
export const createRetire =
  ({ ledger, audit, clock, ids }: RetireDeps) =>
  async (gone: ReadonlySet<string>, deadline: number): Promise<Record<string, number>> => {
    const retired: Record<string, number> = {}
    for (const target of gone) {
      while (clock.monotonic() < deadline) {
        // A day after its last lease whatever is open is due.
        const found = await ledger.due(target, { now: clock.now(), latest: Number.NEGATIVE_INFINITY }, BATCH)
        if (found.length === 0) break
        const reason = `${SYSTEM_REASONS.retired.en} ${found.length}`
        await audit.append({ at: clock.now(), actor: 'system', action: 'integration.retire', target, reason })
        let closed = 0
        await mapLimit(found, ROWS_AT_ONCE, async (seen) => {
          const written = await ledger.replace(retiredRow(seen, ids.next()), seen.revision)
          if (written !== undefined) closed += 1
        })
        retired[target] = (retired[target] ?? 0) + closed
        if (found.length < BATCH || closed === 0) break
      }
    }
    return retired
  }

export type Retire = ReturnType<typeof createRetire>
