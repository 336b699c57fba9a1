import { dueAtOf, type DeliveryRow, type Ledger, type ReadRow } from '@mensageria/delivery'
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { docOf, numberOf, textOf } from './columns.ts'
import type { Write } from './group-commit.ts'

/**
 * The ledger port over the deliveries table. The age of a row is measured by this process's monotonic clock; a row that
 * another process wrote is older than any lease, because that process is dead: it owned the folder alone.
 */
export const createLedger = (db: DatabaseSync, write: Write): Ledger => {
  const boot = randomUUID()
  const lastDelivered = new Map<string, number>()
  const insert = db.prepare(
    `INSERT INTO deliveries (center_id, integration, version, revision, boot, written_at, due_at, doc)
     VALUES (?, ?, ?, 1, '${boot}', ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE deliveries SET version = ?, revision = revision + 1, boot = '${boot}', written_at = ?, due_at = ?, doc = ?
     WHERE center_id = ? AND integration = ? AND revision = ?`,
  )
  const columns = 'revision, boot, written_at, doc'
  const one = db.prepare(`SELECT ${columns} FROM deliveries WHERE center_id = ? AND integration = ?`)
  const ofCenter = db.prepare('SELECT doc FROM deliveries WHERE center_id = ?')
  const versions = db.prepare('SELECT integration, version FROM deliveries WHERE center_id = ?')
  const due = db.prepare(
    `SELECT ${columns} FROM deliveries WHERE integration = ? AND due_at <= ? ORDER BY due_at LIMIT ?`,
  )

  const toReadRow = (found: Record<string, unknown>): ReadRow => ({
    row: docOf(found),
    revision: String(numberOf(found, 'revision')),
    ageMs:
      found['boot'] === boot ? performance.now() - numberOf(found, 'written_at') : Number.POSITIVE_INFINITY,
  })

  const noteSuccess = (row: DeliveryRow) => {
    if (row.state === 'delivered') lastDelivered.set(row.integration, Date.now())
  }

  return {
    create: async (row) => {
      const { centerId, integration, version } = row
      const doc = JSON.stringify(row)
      const dueAt = dueAtOf(row) ?? null
      const { changes } = await write(() =>
        insert.run(centerId, integration, version, performance.now(), dueAt, doc),
      )
      return changes === 0 ? undefined : '1'
    },
    replace: async (row, expected) => {
      const { centerId, integration, version } = row
      const doc = JSON.stringify(row)
      const dueAt = dueAtOf(row) ?? null
      const revision = Number(expected)
      const { changes } = await write(() =>
        update.run(version, performance.now(), dueAt, doc, centerId, integration, revision),
      )
      if (changes === 0) return undefined
      noteSuccess(row)
      return String(revision + 1)
    },
    read: async ({ centerId, integration }) => {
      const found = one.get(centerId, integration)
      return found && toReadRow(found)
    },
    ofCenter: async (centerId) => ofCenter.all(centerId).map((found) => docOf<DeliveryRow>(found)),
    versions: async (centerIds) =>
      Object.fromEntries(
        centerIds.map((centerId) => [
          centerId,
          Object.fromEntries(
            versions.all(centerId).map((found) => [textOf(found, 'integration'), numberOf(found, 'version')]),
          ),
        ]),
      ),
    due: async (integration, now, limit) => due.all(integration, now, limit).map(toReadRow),
    lastDeliveredAt: async (integration) => lastDelivered.get(integration),
  }
}
