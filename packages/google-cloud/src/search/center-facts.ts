import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore'
import { parseStoredRow } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { numberOf, textOf } from '../firestore/fields.ts'
import { rowIdOf } from '../ledger/row-document.ts'

/** What a search asks of a center. */
export type CenterFacts = { version: number; createdAt: number }

const createGetAll =
  ({ firestore, within }: Connection) =>
  async (refs: readonly DocumentReference[], fieldMask: string[]): Promise<DocumentSnapshot[]> => {
    if (refs.length === 0) return []
    const found = await within(() => firestore.getAll(...refs, { fieldMask }))
    return found.filter(({ exists }) => exists)
  }

/** Reads the versions and times of centers, by id, in one request. */
export const createCenterFacts = (connection: Connection) => {
  const getAll = createGetAll(connection)
  const centers = connection.firestore.collection('centers')
  return async (centerIds: readonly string[]): Promise<Map<string, CenterFacts>> => {
    const refs = [...new Set(centerIds)].map((id) => centers.doc(id))
    const found = await getAll(refs, ['version', 'createdAt'])
    return new Map(
      found.map((snapshot) => [
        snapshot.id,
        { version: numberOf(snapshot, 'version'), createdAt: numberOf(snapshot, 'createdAt') },
      ]),
    )
  }
}

/** Reads the rows of centers at integrations in one request; `of` gives one of them. */
export const createRowsOf = (connection: Connection) => {
  const getAll = createGetAll(connection)
  const deliveries = connection.firestore.collection('deliveries')
  return async (integrations: readonly string[], centerIds: readonly string[]) => {
    const refs = [...new Set(centerIds)].flatMap((centerId) =>
      integrations.map((integration) => deliveries.doc(rowIdOf({ integration, centerId }))),
    )
    const found = await getAll(refs, ['integration', 'centerId', 'row'])
    const rows = new Map(
      found.map((snapshot) => {
        const key = { integration: textOf(snapshot, 'integration'), centerId: textOf(snapshot, 'centerId') }
        return [rowIdOf(key), parseStoredRow(textOf(snapshot, 'row'))]
      }),
    )
    return (integration: string, centerId: string) => rows.get(rowIdOf({ integration, centerId }))
  }
}
