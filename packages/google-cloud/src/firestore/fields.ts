import type { DocumentSnapshot } from '@google-cloud/firestore'

/** A text of a document that is there. */
export const textOf = (snapshot: DocumentSnapshot, field: string): string => {
  const value: unknown = snapshot.get(field)
  if (typeof value !== 'string') throw new Error(`${snapshot.ref.path}: ${field} is no text`)
  return value
}

/** A number of a document that is there. */
export const numberOf = (snapshot: DocumentSnapshot, field: string): number => {
  const value: unknown = snapshot.get(field)
  if (typeof value !== 'number') throw new Error(`${snapshot.ref.path}: ${field} is no number`)
  return value
}

/**
 * What was stored as JSON text. We store whole values so: they come back exactly as they were, also texts that Firestore
 * refuses (lone surrogates of a foreign system) and names that it keeps for itself (`__x__`), and no part is ever indexed.
 */
export const jsonOf = <T>(snapshot: DocumentSnapshot, field: string): T => JSON.parse(textOf(snapshot, field))

/** The parts of a snapshot that only one that exists has. */
export const timesOf = ({ ref, updateTime, readTime }: DocumentSnapshot) => {
  if (!updateTime) throw new Error(`${ref.path} does not exist`)
  return { updateTime, readTime }
}

/** Whether a text can be the id of a document of ours; anything else names nothing, and the client would throw. */
export const isDocumentId = (id: string): boolean => /^[a-z0-9][^/]{0,199}$/i.test(id)
