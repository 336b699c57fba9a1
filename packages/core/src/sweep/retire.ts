import { LEASE_MS } from '../model/budget.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import { mapLimit } from '../map-limit.ts'
import type { AuditLog, Clock, Ids, Ledger, ReadRow, OrphanedRows } from '../ports/index.ts'

export type RetireDeps = {
  orphans: OrphanedRows
  ledger: Pick<Ledger, 'replace'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now' | 'monotonic'>
  ids: Pick<Ids, 'next'>
  /** Those that are in the list. */
  integrations: readonly { name: string }[]
}

const BATCH = 200
const ROWS_AT_ONCE = 8

/**
 * The row as its integration leaves it. What it has achieved stays; it fails no more, and belongs to nobody. The call of a
 * lease whose owner died may still land.
 */
export const retiredRow = (row: DeliveryRow, now: number, token: string): DeliveryRow => {
  const died = row.state === 'delivering' ? (row.lastAttemptAt ?? now) + LEASE_MS : undefined
  const { dueAt: _, ...fields } = { dueAt: undefined, ...row }
  return {
    ...fields,
    token,
    inDoubtUntil: died ?? row.inDoubtUntil,
    parkedAt: undefined,
    lastFailure: undefined,
    state: 'retired',
  }
}

const countBy = (rows: readonly Pick<ReadRow, 'row'>[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { row } of rows) counts.set(row.integration, (counts.get(row.integration) ?? 0) + 1)
  return counts
}

/**
 * Closes the open rows of integrations that were taken from the list, until the deadline (monotonic milliseconds): nobody
 * would ever move them. Audited before it happens. Resolves with how many, by integration.
 */
export const createRetire = ({ orphans, ledger, audit, clock, ids, integrations }: RetireDeps) => {
  const names = integrations.map(({ name }) => name)
  // Sweeps may overlap: what one has in work the next would audit again.
  let running = false

  const retire = async (deadline: number): Promise<Record<string, number>> => {
    const retired = new Map<string, number>()
    while (clock.monotonic() < deadline) {
      const found = await orphans.due(names, clock.now(), BATCH)
      for (const [target, count] of countBy(found)) {
        const reason = `It is not in the list of integrations any more; open deliveries closed: ${count}`
        await audit.append({ at: clock.now(), actor: 'system', action: 'integration.retire', target, reason })
      }
      await mapLimit(found, ROWS_AT_ONCE, async ({ row, revision }) => {
        const written = await ledger.replace(retiredRow(row, clock.now(), ids.next()), revision)
        if (written !== undefined) retired.set(row.integration, (retired.get(row.integration) ?? 0) + 1)
      })
      if (found.length < BATCH) break
    }
    return Object.fromEntries(retired)
  }

  return async (deadline: number): Promise<Record<string, number>> => {
    if (running) return {}
    running = true
    try {
      return await retire(deadline)
    } finally {
      running = false
    }
  }
}

export type Retire = ReturnType<typeof createRetire>
