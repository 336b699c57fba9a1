import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore'
import { parseStoredRow, type DeliveryRow } from '@mensageria/core'
import { centerOf, keysOf } from '../intake/center-document.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { numberOf, textOf } from '../firestore/fields.ts'
import { rowIdOf } from '../ledger/row-document.ts'

/**
 * What a search asks of a center; times in epoch milliseconds. `keys`, what it is searched by, is empty unless it was asked
 * for.
 */
export type CenterFacts = { version: number; createdAt: number; acceptedAt: number; keys: string[] }

const hasUpdatedAt = (snapshot: DocumentSnapshot): boolean => snapshot.get('updatedAt') !== undefined

/** The facts of a whole center's document. Release 0.1 kept the time of a version in the center alone. */
export const factsOf = (snapshot: DocumentSnapshot): CenterFacts => ({
  version: numberOf(snapshot, 'version'),
  createdAt: numberOf(snapshot, 'createdAt'),
  acceptedAt: hasUpdatedAt(snapshot)
    ? numberOf(snapshot, 'updatedAt')
    : Date.parse(centerOf(snapshot).updatedAt),
  keys: keysOf(centerOf(snapshot)),
})

const createGetAll =
  ({ firestore, run }: Connection) =>
  async (refs: readonly DocumentReference[], fieldMask: string[]): Promise<DocumentSnapshot[]> => {
    if (refs.length === 0) return []
    const found = await run(() => firestore.getAll(...refs, { fieldMask }))
    return found.filter(({ exists }) => exists)
  }

const FACTS = ['version', 'createdAt', 'updatedAt']

/**
 * Reads the facts of centers, by id, in one request, and one more where release 0.1 wrote some of them. The center itself is
 * read only where its keys are asked for.
 */
export const createCenterFacts = (connection: Connection) => {
  const getAll = createGetAll(connection)
  const centers = connection.firestore.collection('centers')

  const withoutKeys = async (refs: readonly DocumentReference[]): Promise<[string, CenterFacts][]> => {
    const found = await getAll(refs, FACTS)
    const known = found.filter(hasUpdatedAt).map((snapshot): [string, CenterFacts] => [
      snapshot.id,
      {
        version: numberOf(snapshot, 'version'),
        createdAt: numberOf(snapshot, 'createdAt'),
        acceptedAt: numberOf(snapshot, 'updatedAt'),
        keys: [],
      },
    ])
    const old = found.filter((snapshot) => !hasUpdatedAt(snapshot)).map(({ ref }) => ref)
    return [...known, ...(await withKeys(old))]
  }

  const withKeys = async (refs: readonly DocumentReference[]): Promise<[string, CenterFacts][]> =>
    (await getAll(refs, [...FACTS, 'center'])).map((snapshot) => [snapshot.id, factsOf(snapshot)])

  return async (
    centerIds: readonly string[],
    asked: { keys: boolean },
  ): Promise<Map<string, CenterFacts>> => {
    const refs = [...new Set(centerIds)].map((id) => centers.doc(id))
    return new Map(await (asked.keys ? withKeys(refs) : withoutKeys(refs)))
  }
}

/** Reads the rows of centers at integrations, in one request; what it resolves with gives one of them. */
export const createRowsOf = (connection: Connection) => {
  const getAll = createGetAll(connection)
  const deliveries = connection.firestore.collection('deliveries')
  return async (integrations: readonly string[], centerIds: readonly string[]) => {
    const refs = [...new Set(centerIds)].flatMap((centerId) =>
      integrations.map((integration) => deliveries.doc(rowIdOf({ integration, centerId }))),
    )
    const found = await getAll(refs, ['row'])
    const rows = new Map(
      found.map((snapshot): [string, DeliveryRow] => [snapshot.id, parseStoredRow(textOf(snapshot, 'row'))]),
    )
    return (integration: string, centerId: string) => rows.get(rowIdOf({ integration, centerId }))
  }
}
