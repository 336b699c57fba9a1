import { toAttributes } from '@mensageria/contracts'
import { FIRST_CHECK_MS, type CenterWrite } from '@mensageria/core'
import { OPEN_SHARDS, shardOf } from '../firestore/shards.ts'

/** The fields of a new event's document: the message as it is published, and when the sweeper first looks at it. */
export const toEventFields = ({ event }: CenterWrite) => ({
  centerId: event.subject,
  version: event.sequence,
  centerCreatedAt: Date.parse(event.data.createdAt),
  attributes: JSON.stringify(toAttributes(event)),
  data: JSON.stringify(event.data),
  acceptedAt: Date.parse(event.time),
  looks: 0,
  openShard: shardOf(event.id, OPEN_SHARDS),
  dueAt: Date.parse(event.time) + FIRST_CHECK_MS,
})
