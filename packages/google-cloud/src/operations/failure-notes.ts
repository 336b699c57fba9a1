import { FieldValue } from '@google-cloud/firestore'
import type { FailureNote, FailureNotes } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'
import { hashedId } from '../firestore/shards.ts'

/** The failure notes port: one document for each integration, in which each of its groups has a field of its own. */
export const createFailureNotes = ({ firestore, run }: Connection): FailureNotes => {
  const notesOf = firestore.collection('failureNotes')
  return {
    of: async (integrations) => {
      if (integrations.length === 0) return []
      const found = await run(() => firestore.getAll(...integrations.map((name) => notesOf.doc(name))))
      return found.flatMap((snapshot) =>
        Object.values(snapshot.get('notes') ?? {}).map((text): FailureNote => JSON.parse(String(text))),
      )
    },
    write: async (note) => {
      const { integration, cause, owner, note: text } = note
      const isEmpty = owner === undefined && text === undefined
      // A cause can hold anything, so it names no field by itself.
      const field = { [hashedId(cause)]: isEmpty ? FieldValue.delete() : JSON.stringify(note) }
      await run(() => notesOf.doc(integration).set({ notes: field }, { merge: true }))
    },
  }
}
