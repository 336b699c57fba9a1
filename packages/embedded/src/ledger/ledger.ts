import {
  parseStoredRow,
  dueAtOf,
  isSettledBySimulator,
  type DeliveryRow,
  type Ledger,
  type ReadRow,
} from '@mensageria/core'
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import { createDueRows } from '../database/due-rows.ts'
import type { GroupCommit } from '../database/group-commit.ts'

// What people see of a row that is below its center's version is that it waits.
const shown = (id: string): string =>
  `CASE WHEN ? < (SELECT c.version FROM centers c WHERE c.id = ${id}) THEN 'waiting' ELSE ? END`

// The columns that people search by, in the order of the statements.
const seenOf = (row: DeliveryRow) => {
  const { version, state, lastFailure, lastAttemptAt, parkedAt } = row
  return [
    version,
    // It is shown only where its integration is back in the list.
    state === 'retired' ? 'waiting' : state,
    lastFailure?.kind ?? null,
    lastFailure?.cause ?? null,
    lastAttemptAt ?? parkedAt ?? 0,
    isSettledBySimulator(row) ? 1 : null,
  ] as const
}

const prepare = (db: DatabaseSync, boot: string) => {
  const insert = db.prepare(
    `INSERT INTO deliveries (center_id, integration, version, revision, boot, written_at, due_at, doc, shown, kind, cause,
       attempted_at, simulated)
     VALUES (?1, ?, ?, 1, '${boot}', ?, ?, ?, ${shown('?1')}, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const update = db.prepare(
    `UPDATE deliveries SET version = ?, revision = revision + 1, boot = '${boot}', written_at = ?, due_at = ?, doc = ?,
       shown = ${shown('center_id')}, kind = ?, cause = ?, attempted_at = ?, simulated = ?
     WHERE center_id = ? AND integration = ? AND revision = ?`,
  )
  const columns = 'revision, boot, written_at, doc'
  const one = db.prepare(`SELECT ${columns} FROM deliveries WHERE center_id = ? AND integration = ?`)
  const ofCenter = db.prepare('SELECT doc FROM deliveries WHERE center_id = ?')
  const versions = db.prepare('SELECT integration, version FROM deliveries WHERE center_id = ?')
  const due = createDueRows((condition) =>
    db.prepare(
      `SELECT ${columns} FROM deliveries WHERE integration = ? AND due_at ${condition} ORDER BY due_at LIMIT ?`,
    ),
  )
  const nextName = db.prepare(
    `SELECT integration FROM deliveries WHERE due_at IS NOT NULL AND integration > ? ORDER BY integration LIMIT 1`,
  )
  const simulated = db.prepare(
    `SELECT ${columns} FROM deliveries WHERE integration = ? AND simulated = 1 LIMIT ?`,
  )
  return { insert, update, one, ofCenter, versions, due, nextName, simulated }
}

/**
 * Reads rows with their age by this process's monotonic clock. The process that wrote a row before this one has ended, because
 * it owned the folder alone: that row is as old as this process, at least.
 */
const createToReadRow = (boot: string) => {
  const openedAt = performance.now()
  return (found: Record<string, unknown>): ReadRow => ({
    row: parseStoredRow(textOf(found, 'doc')),
    revision: String(numberOf(found, 'revision')),
    ...(found['boot'] === boot
      ? { ageMs: performance.now() - numberOf(found, 'written_at') }
      : { ageMs: performance.now() - openedAt, ownerGone: true }),
  })
}

/** The ledger port over the deliveries table. */
export const createLedger = (
  db: DatabaseSync,
  { peek, read: readDurable, writeOne }: Pick<GroupCommit, 'peek' | 'read' | 'writeOne'>,
): Ledger => {
  const boot = randomUUID()
  const lastDelivered = new Map<string, number>()
  const { insert, update, one, ofCenter, versions, due, nextName, simulated } = prepare(db, boot)

  const toReadRow = createToReadRow(boot)

  const noteSuccess = (row: DeliveryRow) => {
    if (row.state === 'delivered') lastDelivered.set(row.integration, Date.now())
  }

  const versionsOf = (centerId: string): Record<string, number> =>
    Object.fromEntries(
      versions.all(centerId).map((found) => [textOf(found, 'integration'), numberOf(found, 'version')]),
    )

  return {
    create: async (row) => {
      const { centerId, integration, version } = row
      const doc = JSON.stringify(row)
      const dueAt = dueAtOf(row) ?? null
      const changes = await writeOne(
        insert,
        centerId,
        integration,
        version,
        performance.now(),
        dueAt,
        doc,
        ...seenOf(row),
      )
      return changes === 0 ? undefined : '1'
    },
    replace: async (row, expected) => {
      const { centerId, integration, version } = row
      const doc = JSON.stringify(row)
      const dueAt = dueAtOf(row) ?? null
      const revision = Number(expected)
      const changes = await writeOne(
        update,
        version,
        performance.now(),
        dueAt,
        doc,
        ...seenOf(row),
        centerId,
        integration,
        revision,
      )
      if (changes === 0) return undefined
      noteSuccess(row)
      return String(revision + 1)
    },
    read: async ({ centerId, integration }) => {
      const found = peek(() => one.get(centerId, integration))
      return found && toReadRow(found)
    },
    // Shown to callers, so what it shows must be on the disk; the other reads lead to writes, which follow in the log.
    ofCenter: (centerId) =>
      readDurable(() => ofCenter.all(centerId).map((found) => parseStoredRow(textOf(found, 'doc')))),
    versions: async (centerIds) =>
      peek(() => Object.fromEntries(centerIds.map((centerId) => [centerId, versionsOf(centerId)]))),
    hasDue: async (integrations, range) =>
      peek(() => integrations.some((name) => due([name], range, 1).length > 0)),
    due: async (integration, range, limit) => peek(() => due([integration], range, limit).map(toReadRow)),
    // From name to name, so that the rows of one integration cost one step.
    integrationsWithOpenRows: async () =>
      peek(() => {
        const names: string[] = []
        for (let found = nextName.get(''); found; found = nextName.get(names.at(-1) ?? ''))
          names.push(textOf(found, 'integration'))
        return names
      }),
    simulated: async (integration, limit) => peek(() => simulated.all(integration, limit).map(toReadRow)),
    lastDeliveredAt: async (integration) => lastDelivered.get(integration),
  }
}
