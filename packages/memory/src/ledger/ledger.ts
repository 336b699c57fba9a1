import {
  dueAtOf,
  isDueAt,
  isSettledBySimulator,
  type Due,
  type Ledger,
  type ReadRow,
  type RowKey,
} from '@mensageria/core'
import type { Context } from '../context.ts'
import { dueFirst } from '../intake/outbox.ts'
import { rowKey, type RowEntry } from '../stored.ts'
import { putRow } from './put-row.ts'

const plannedAt = ({ row }: RowEntry): number | undefined => dueAtOf(row)

/** The ledger port over the rows; their age is by the monotonic clock. */
export const createLedger = ({ stored, asks, clock }: Context): Ledger => {
  const find = (key: RowKey) => stored.rows.get(rowKey(key))
  const toReadRow = ({ row, revision, writtenAt }: RowEntry): ReadRow => ({
    row,
    revision,
    ageMs: clock.monotonic() - writtenAt,
  })
  const openRowsOf = (integration: string): Iterable<RowEntry> =>
    stored.openRows.get(integration)?.values() ?? []
  const anyDue = (integration: string, due: Due): boolean => {
    for (const { row } of openRowsOf(integration)) {
      const at = dueAtOf(row)
      if (at !== undefined && isDueAt(at, due)) return true
    }
    return false
  }
  const versionsOf = (centerId: string): Record<string, number> => {
    const versions: Record<string, number> = {}
    for (const [integration, rows] of stored.rowsOf) {
      const found = rows.get(centerId)
      if (found) versions[integration] = found.row.version
    }
    return versions
  }

  return {
    create: (row) =>
      asks.compareAndSet(
        'ledger.create',
        () => (find(row) ? undefined : putRow(stored, row, clock)),
        undefined,
      ),
    replace: (row, expected) =>
      asks.compareAndSet(
        'ledger.replace',
        () => (find(row)?.revision === expected ? putRow(stored, row, clock) : undefined),
        undefined,
      ),
    read: (key) =>
      asks.run('ledger.read', () => {
        const found = find(key)
        return found && toReadRow(found)
      }),
    ofCenter: (centerId) =>
      asks.run('ledger.ofCenter', () =>
        [...stored.rowsOf.values()].flatMap((rows) => rows.get(centerId)?.row ?? []),
      ),
    versions: (centerIds) =>
      asks.run('ledger.versions', () =>
        Object.fromEntries(centerIds.map((centerId) => [centerId, versionsOf(centerId)])),
      ),
    hasDue: (integrations, due) =>
      asks.run('ledger.hasDue', () => integrations.some((integration) => anyDue(integration, due))),
    due: (integration, due, limit) =>
      asks.run('ledger.due', () => dueFirst(openRowsOf(integration), plannedAt, due, limit).map(toReadRow)),
    integrationsWithOpenRows: () =>
      asks.run('ledger.integrationsWithOpenRows', () =>
        [...stored.openRows].flatMap(([integration, rows]) => (rows.size > 0 ? [integration] : [])),
      ),
    simulated: (integration, limit) =>
      asks.run('ledger.simulated', () =>
        [...(stored.rowsOf.get(integration)?.values() ?? [])]
          .filter(({ row }) => isSettledBySimulator(row))
          .slice(0, limit)
          .map(toReadRow),
      ),
    lastDeliveredAt: (integration) =>
      asks.run('ledger.lastDeliveredAt', () => stored.newest.get(integration)?.deliveredAt),
  }
}
