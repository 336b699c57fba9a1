import { FieldValue, type DocumentReference, type DocumentSnapshot } from '@google-cloud/firestore'
import type { ReadRedrive, RedriveWithLanes, Revision } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'
import { isDocumentId, timesOf } from '../firestore/fields.ts'
import { toRevision } from '../firestore/revision.ts'
import {
  headerOf,
  integrationsOf,
  laneIdOf,
  laneOf,
  oldRedriveOf,
  toHeaderFields,
  toLaneFields,
} from './redrive-document.ts'

// A process of release 0.1 may still write it while the two overlap.
const SPLITS_MAX = 5

/** The revision of a document that was read. */
export const revisionOf = (snapshot: DocumentSnapshot): Revision => toRevision(timesOf(snapshot).updateTime)

/**
 * Reads redrives with their lanes. What release 0.1 wrote is split into header and lanes before it is given with revisions,
 * so that a writer has those of the new documents.
 */
export const createReadRedrives = ({ firestore, run }: Connection) => {
  const redrives = firestore.collection('redrives')
  const lanes = firestore.collection('redriveLanes')

  const laneRefsOf = (id: string, integrations: readonly string[]) =>
    integrations.map((name) => lanes.doc(laneIdOf(id, name)))

  // In the order of their refs; they are written with their header, so each is there.
  const readAll = async (refs: readonly DocumentReference[]): Promise<DocumentSnapshot[]> =>
    refs.length === 0 ? [] : run(() => firestore.getAll(...refs))

  // Each header with its lanes, by one read of all of them.
  const withLanes = async (docs: readonly DocumentSnapshot[]): Promise<RedriveWithLanes[]> => {
    const refs = docs.flatMap((doc) => laneRefsOf(doc.id, integrationsOf(doc) ?? []))
    const found = new Map((await readAll(refs)).map((snapshot) => [snapshot.id, snapshot]))
    return docs.map((doc) => {
      const integrations = integrationsOf(doc)
      if (!integrations) return oldRedriveOf(doc)
      const snapshots = integrations.flatMap((name) => found.get(laneIdOf(doc.id, name)) ?? [])
      return { redrive: headerOf(doc), lanes: snapshots.map(laneOf) }
    })
  }

  // The old document is the precondition: of two that split it one wins, and both find the same.
  const split = async (old: DocumentSnapshot): Promise<void> => {
    const { redrive, lanes: inside } = oldRedriveOf(old)
    const fields = toHeaderFields(
      redrive,
      inside.map(({ integration }) => integration),
    )
    const batch = firestore.batch()
    const openShard = fields.openShard ?? FieldValue.delete()
    batch.update(old.ref, { ...fields, openShard }, { lastUpdateTime: timesOf(old).updateTime })
    for (const lane of inside) batch.create(lanes.doc(laneIdOf(old.id, lane.integration)), toLaneFields(lane))
    await run(() => unlessConflict(batch.commit()))
  }

  const readHeader = async (id: string): Promise<DocumentSnapshot | undefined> => {
    const find = () => run(() => redrives.doc(id).get())
    let found = await find()
    for (let attempt = 0; found.exists && !integrationsOf(found); attempt++) {
      if (attempt === SPLITS_MAX) throw new Error(`The redrive ${id} of release 0.1 cannot be split`)
      await split(found)
      found = await find()
    }
    return found.exists ? found : undefined
  }

  const read = async (id: string): Promise<ReadRedrive | undefined> => {
    const found = isDocumentId(id) ? await readHeader(id) : undefined
    if (!found) return undefined
    const integrations = integrationsOf(found) ?? []
    const snapshots = await readAll(laneRefsOf(id, integrations))
    return {
      redrive: headerOf(found),
      revision: revisionOf(found),
      lanes: snapshots.map((snapshot) => ({ lane: laneOf(snapshot), revision: revisionOf(snapshot) })),
    }
  }

  return {
    read,
    withLanes,
    /** Splits those that release 0.1 wrote; whether there were any. */
    splitOld: async (docs: readonly DocumentSnapshot[]): Promise<boolean> => {
      const old = docs.filter((doc) => !integrationsOf(doc))
      for (const doc of old) await split(doc)
      return old.length > 0
    },
  }
}
