import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockDataDir } from './data-dir-lock.ts'
import { EngineError, toEngineError } from './engine-error.ts'
import { migrate, NewerSchemaError } from './schema.ts'

/** An open database with its schema up to date; `path` is for messages. */
export type OpenDatabase = { db: DatabaseSync; path: string; close: () => void }

// WAL with FULL: every commit is on the disk before it is answered. 16 MiB of cache; a checkpoint every 16 MiB of log.
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -16384;
  PRAGMA wal_autocheckpoint = 4000;
`

/** A database in memory, gone when it is closed: for unit tests and simulation. */
export const openMemoryDatabase = (): OpenDatabase => {
  const db = new DatabaseSync(':memory:')
  migrate(db)
  return { db, path: ':memory:', close: () => db.close() }
}

/** Opens `mensageria.db` in a folder that this process owns alone. Throws EngineError with a sentence for people. */
export const openDatabase = (dataDir: string): OpenDatabase => {
  const path = join(dataDir, 'mensageria.db')
  let lock: ReturnType<typeof lockDataDir> | undefined
  let db: DatabaseSync | undefined
  try {
    mkdirSync(dataDir, { recursive: true })
    lock = lockDataDir(dataDir)
    db = new DatabaseSync(path, { timeout: 1000 })
    db.exec(PRAGMAS)
    migrate(db)
  } catch (error) {
    db?.close()
    lock?.release()
    if (error instanceof NewerSchemaError) {
      throw new EngineError(`${path} was written by a newer release: start that one`, { cause: error })
    }
    throw toEngineError(error, path)
  }
  const [openDb, openLock] = [db, lock]
  return {
    db: openDb,
    path,
    close: () => {
      openDb.close()
      openLock.release()
    },
  }
}
