import { Timestamp } from '@google-cloud/firestore'
import type { Revision } from '@mensageria/core'

/** The revision of a document: its update time, to the nanosecond. */
export const toRevision = ({ seconds, nanoseconds }: Timestamp): Revision =>
  `${seconds}.${String(nanoseconds).padStart(9, '0')}`

/** The update time that a revision names; undefined for a text that no document gave. */
export const toUpdateTime = (revision: Revision): Timestamp | undefined => {
  const [, seconds, nanoseconds] = /^(\d{1,12})\.(\d{9})$/.exec(revision) ?? []
  if (seconds === undefined || nanoseconds === undefined) return undefined
  return new Timestamp(Number(seconds), Number(nanoseconds))
}

/** The milliseconds between two times of the server's clock, never below 0. */
export const elapsedMs = (from: Timestamp, to: Timestamp): number =>
  Math.max(0, to.toMillis() - from.toMillis())
