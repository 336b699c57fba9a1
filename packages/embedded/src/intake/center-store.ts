import { fold, toAttributes, type DistributionCenter } from '@mensageria/contracts'
import { auditOf, FIRST_CHECK_MS, type CenterStore, type CenterWrite, type Revision } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { createCenterList } from './center-list.ts'
import { docOf, numberOf, textOf } from '../database/columns.ts'
import type { GroupCommit } from '../database/group-commit.ts'
import { createIdempotencyTable } from './idempotency-table.ts'
import type { MessageQueue, Published } from '../broker/message-queue.ts'

// Undoes the caller's savepoint, and nothing else of the batch.
class Conflict extends Error {}

const committed = async (commit: Promise<Published>, onPublished: (published: Published) => void) => {
  try {
    onPublished(await commit)
    // The messages are rows of the same commit: there is nothing left to publish.
    return { committed: true as const, published: true }
  } catch (error) {
    if (error instanceof Conflict) return { committed: false as const }
    throw error
  }
}

const columnsOf = ({ center, requestId, traceparent, actor }: CenterWrite['stored'], doc: string) =>
  [
    center.version,
    requestId,
    traceparent ?? null,
    center.address.state,
    center.address.cityCode,
    fold(center.name),
    center.code === undefined ? null : fold(center.code),
    center.taxId,
    actor,
    doc,
  ] as const

const prepareWrites = (db: DatabaseSync) => ({
  insertCenter: db.prepare(
    `INSERT INTO centers (id, created_at, version, request_id, traceparent, state, city_code, name_key, code_key, tax_id,
     actor, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ),
  updateCenter: db.prepare(
    `UPDATE centers SET version = ?, request_id = ?, traceparent = ?, state = ?, city_code = ?, name_key = ?, code_key = ?,
     tax_id = ?, actor = ?, doc = ? WHERE id = ? AND version = ?`,
  ),
  insertAudit: db.prepare('INSERT INTO audit (doc) VALUES (?)'),
  insertEvent: db.prepare(
    `INSERT INTO events (id, center_id, version, center_created_at, attributes, data, next_look_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
})

/** The center store port. Center, event, messages, audit entry and idempotency record are one commit; `onPublished` follows it. */
export const createCenterStore = (
  db: DatabaseSync,
  { read, write }: Pick<GroupCommit, 'read' | 'write'>,
  queue: MessageQueue,
  onPublished: (published: Published) => void,
): CenterStore => {
  const { insertCenter, updateCenter, insertAudit, insertEvent } = prepareWrites(db)
  const selectCenter = db.prepare(
    'SELECT doc, request_id, traceparent, actor, version FROM centers WHERE id = ?',
  )
  const idempotency = createIdempotencyTable(db, { read, write })

  const addEventNow = ({ event, stored }: CenterWrite, doc: string): Published => {
    insertAudit.run(JSON.stringify(auditOf({ stored })))
    const attributes = toAttributes(event)
    const at = Date.parse(event.time)
    const createdAt = Date.parse(event.data.createdAt)
    const { lastInsertRowid } = insertEvent.run(
      event.id,
      event.subject,
      event.sequence,
      createdAt,
      JSON.stringify(attributes),
      doc,
      at + FIRST_CHECK_MS,
    )
    const eventSeq = Number(lastInsertRowid)
    return {
      eventSeq,
      at: queue.enqueueNow(eventSeq),
      content: { attributes, data: doc, event: { ok: true, event } },
    }
  }

  return {
    create: (request) => {
      const { id, createdAt } = request.stored.center
      const doc = JSON.stringify(request.stored.center)
      const commit = write(() => {
        if (request.idempotency && !idempotency.saveNow(request.idempotency)) throw new Conflict()
        const { changes } = insertCenter.run(id, Date.parse(createdAt), ...columnsOf(request.stored, doc))
        if (changes === 0) throw new Conflict()
        return addEventNow(request, doc)
      })
      return committed(commit, onPublished)
    },
    update: (request) => {
      const doc = JSON.stringify(request.stored.center)
      const commit = write(() => {
        const { id } = request.stored.center
        const { changes } = updateCenter.run(...columnsOf(request.stored, doc), id, Number(request.expected))
        if (changes === 0) throw new Conflict()
        return addEventNow(request, doc)
      })
      return committed(commit, onPublished)
    },
    read: async (centerId) => {
      const found = await read(() => selectCenter.get(centerId))
      if (!found) return undefined
      const { traceparent, actor } = found
      return {
        center: docOf<DistributionCenter>(found),
        requestId: textOf(found, 'request_id'),
        traceparent: typeof traceparent === 'string' ? traceparent : undefined,
        ...(typeof actor === 'string' ? { actor } : {}),
        revision: String(numberOf(found, 'version')) satisfies Revision,
      }
    },
    list: createCenterList(db, read),
    readIdempotency: idempotency.read,
    saveIdempotency: idempotency.save,
  }
}
