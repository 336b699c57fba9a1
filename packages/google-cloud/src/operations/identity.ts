import { randomUUID } from 'node:crypto'
import type { Identity } from '@mensageria/core'
import { unlessConflict } from '../firestore/conflict.ts'
import type { Connection } from '../firestore/connect-firestore.ts'

/** The identity port: one document, made by whichever process asks first. */
export const createIdentity = ({ firestore, run }: Connection): Identity => {
  const document = firestore.collection('database').doc('identity')
  const find = async (): Promise<string | undefined> => {
    const snapshot = await run(() => document.get())
    return snapshot.exists ? String(snapshot.get('id')) : undefined
  }
  return {
    read: async () => {
      const found = await find()
      if (found !== undefined) return found
      await unlessConflict(run(() => document.create({ id: randomUUID() })))
      const made = await find()
      if (made === undefined) throw new Error('The database has no identity')
      return made
    },
  }
}
