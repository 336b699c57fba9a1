import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 200
const SQLITE_BUSY = 5

// By field, not by class: under Jest an error of SQLite is none of the test's own realm.
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY

// The kernel frees the lock of a database with the process that holds it: nothing is left to find stale.
const tryLock = (path: string): DatabaseSync | undefined => {
  const database = new DatabaseSync(path)
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** Does the work while no other process of this machine holds the same lock; waits for its end first. */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  mkdirSync(dirname(path), { recursive: true })
  let held = tryLock(path)
  while (held === undefined) {
    await sleep(PAUSE_MS)
    held = tryLock(path)
  }
  try {
    return await work()
  } finally {
    held.close()
  }
}
