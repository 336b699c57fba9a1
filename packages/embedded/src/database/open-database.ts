import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockDataDir } from './data-dir-lock.ts'
import { EngineError, toEngineError } from './engine-error.ts'
import { migrate, NewerSchemaError } from '../schema/migrate.ts'
import { NO_SYNC, openWalSync, type WalSync } from './wal-sync.ts'

/** An open database with its schema up to date; `path` is for messages, `wal` flushes what was committed. */
export type OpenDatabase = { db: DatabaseSync; path: string; wal: WalSync; close: () => void }

// WAL with NORMAL: SQLite flushes around checkpoints, the group commit flushes the log before it answers (ADR 0016).
// Pages of 2 KiB: rows are small and their keys random, so a commit touches many pages, and writes each of them whole
// (half the system time of 4 KiB, measured). 16 MiB of cache; a checkpoint every 4 MiB of
// log: each holds the thread, and four short ones cost no more than a long one.
const PRAGMAS = `
  PRAGMA page_size = 2048;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -16384;
  PRAGMA wal_autocheckpoint = 2000;
`

/** A database in memory, gone when it is closed: for unit tests and simulation. */
export const openMemoryDatabase = (): OpenDatabase => {
  const db = new DatabaseSync(':memory:')
  migrate(db)
  return { db, path: ':memory:', wal: NO_SYNC, close: () => db.close() }
}

/** Opens `mensageria.db` in a folder that this process owns alone. Throws EngineError with a sentence for people. */
export const openDatabase = (dataDir: string): OpenDatabase => {
  const path = join(dataDir, 'mensageria.db')
  let lock: ReturnType<typeof lockDataDir> | undefined
  let db: DatabaseSync | undefined
  let wal: WalSync
  try {
    mkdirSync(dataDir, { recursive: true })
    lock = lockDataDir(dataDir)
    db = new DatabaseSync(path, { timeout: 1000 })
    db.exec(PRAGMAS)
    migrate(db)
    // The log exists from the first read on.
    wal = openWalSync(path)
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
    wal,
    close: () => {
      wal.close()
      openDb.close()
      openLock.release()
    },
  }
}
