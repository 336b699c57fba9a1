import { FieldValue, type DocumentReference } from '@google-cloud/firestore'
import { parseStoredRow, type DeliveryRow, type Ledger } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { numberOf, textOf } from '../firestore/fields.ts'
import { toRevision, toUpdateTime } from '../firestore/revision.ts'
import { createDueRows } from './due-rows.ts'
import { rowIdOf, toReadRow, toRowFields } from './row-document.ts'

/**
 * The ledger port: one document for each row, written with preconditions and never in a transaction. `integrations` are
 * all that a center may have rows of.
 */
export const createLedger = (connection: Connection, integrations: readonly string[]): Ledger => {
  const { firestore, run } = connection
  const deliveries = firestore.collection('deliveries')
  const refOf = (integration: string, centerId: string): DocumentReference =>
    deliveries.doc(rowIdOf({ integration, centerId }))

  const readAll = async (refs: DocumentReference[], fieldMask?: string[]) => {
    if (refs.length === 0) return []
    const found = await run(() => firestore.getAll(...refs, ...(fieldMask ? [{ fieldMask }] : [])))
    return found.filter(({ exists }) => exists)
  }

  const create = async (row: DeliveryRow) => {
    const ref = refOf(row.integration, row.centerId)
    // A create that the client sent twice answers ALREADY_EXISTS to its own author: the core knows it by its token.
    const written = await run(() => unlessConflict(ref.create(toRowFields(row))))
    return written && toRevision(written.writeTime)
  }

  const replace = async (row: DeliveryRow, expected: string) => {
    const lastUpdateTime = toUpdateTime(expected)
    if (!lastUpdateTime) return undefined
    const fields = Object.entries(toRowFields(row)).map(([name, value]) => [
      name,
      value ?? FieldValue.delete(),
    ])
    const ref = refOf(row.integration, row.centerId)
    const written = await run(() =>
      unlessConflict(ref.update(Object.fromEntries(fields), { lastUpdateTime })),
    )
    return written && toRevision(written.writeTime)
  }

  return {
    ...createDueRows(connection),
    create,
    replace,
    read: async ({ integration, centerId }) => {
      const found = await run(() => refOf(integration, centerId).get())
      return found.exists ? toReadRow(found) : undefined
    },
    ofCenter: async (centerId) => {
      const found = await readAll(integrations.map((name) => refOf(name, centerId)))
      return found.map((snapshot) => parseStoredRow(textOf(snapshot, 'row')))
    },
    versions: async (centerIds) => {
      const known = [...new Set(centerIds)]
      const refs = known.flatMap((centerId) => integrations.map((name) => refOf(name, centerId)))
      const versions = new Map<string, Record<string, number>>(known.map((centerId) => [centerId, {}]))
      for (const snapshot of await readAll(refs, ['integration', 'centerId', 'version'])) {
        const ofCenter = versions.get(textOf(snapshot, 'centerId'))
        if (ofCenter) ofCenter[textOf(snapshot, 'integration')] = numberOf(snapshot, 'version')
      }
      return Object.fromEntries(versions)
    },
    simulated: async (integration, limit) => {
      const marked = deliveries.where('integration', '==', integration).where('simulated', '==', true)
      const found = await run(() => marked.limit(limit).get())
      return found.docs.map(toReadRow)
    },
    // Not known here: a document that every success writes would be a hot one (about one write a second). Recovery asks its
    // canary instead, and is at most one gap between canaries later for it.
    lastDeliveredAt: async () => undefined,
  }
}
