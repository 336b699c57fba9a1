import type { FailureNotes } from '@mensageria/core'
import type { Context } from '../context.ts'

/** The failure notes port. */
export const createFailureNotes = ({ stored: { notes }, asks }: Context): FailureNotes => ({
  of: (integrations) =>
    asks.run('notes.of', () =>
      [...notes.values()].filter(({ integration }) => integrations.includes(integration)),
    ),
  write: (note) =>
    asks.run('notes.write', () => {
      const key = JSON.stringify([note.integration, note.cause])
      if (note.owner === undefined && note.note === undefined) notes.delete(key)
      else notes.set(key, note)
    }),
})
