import { Timestamp, type DocumentSnapshot } from '@google-cloud/firestore'
import {
  parseStoredRedrive,
  REDRIVE_KEPT_MS,
  type Redrive,
  type RedriveLane,
  type RedriveWithLanes,
} from '@mensageria/core'
import { jsonOf, textOf } from '../firestore/fields.ts'
import { LIST_SHARDS, shardOf } from '../firestore/shards.ts'

/** One shard holds all that are open: people ask for them, a few at a time. */
export const ACTIVE_SHARD = 0

/** The document id of a lane. */
export const laneIdOf = (redriveId: string, integration: string): string => `${redriveId}~${integration}`

/** When Firestore deletes a redrive and its lanes; undefined while it has not ended. */
export const expireAtOf = ({ open, state, createdAt }: Redrive): Timestamp | undefined =>
  !open && (state === 'done' || state === 'cancelled')
    ? Timestamp.fromMillis(createdAt + REDRIVE_KEPT_MS)
    : undefined

/** The fields of a header's document; `integrations` names its lanes, which are documents of their own. */
export const toHeaderFields = (redrive: Redrive, integrations: readonly string[]) => ({
  redrive: JSON.stringify(redrive),
  integrations: [...integrations],
  createdAt: redrive.createdAt,
  listShard: shardOf(redrive.id, LIST_SHARDS),
  // One that has something left to do alone has it, so a sweep never meets the others.
  openShard: redrive.open ? ACTIVE_SHARD : undefined,
  expireAt: expireAtOf(redrive),
})

/** The fields of a lane's document. */
export const toLaneFields = (lane: RedriveLane) => ({ lane: JSON.stringify(lane) })

/** The lane that a document holds. */
export const laneOf = (snapshot: DocumentSnapshot): RedriveLane => jsonOf(snapshot, 'lane')

/** The integrations of a header's lanes; undefined in a document of release 0.1, which has its lanes inside. */
export const integrationsOf = (snapshot: DocumentSnapshot): string[] | undefined => {
  const names: unknown = snapshot.get('integrations')
  return Array.isArray(names) ? names.map(String) : undefined
}

/** The header that a document holds, whose lanes are documents of their own. */
export const headerOf = (snapshot: DocumentSnapshot): Redrive => jsonOf(snapshot, 'redrive')

/** The redrive of a document that release 0.1 wrote. */
export const oldRedriveOf = (snapshot: DocumentSnapshot): RedriveWithLanes =>
  parseStoredRedrive(textOf(snapshot, 'redrive'))
