import { realpathSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrate, NewerSchemaError } from '../schema/migrate.ts'
import { makeDatabaseFile, prepareDataFolder, removeLeftovers, type DataFolder } from './data-folder.ts'
import { EngineError, isLocked, toEngineError } from './engine-error.ts'
import { watchFiles, type LostFile } from './file-watch.ts'
import { refuseDamaged, refuseForeign, refuseUnusable } from './inspect-database.ts'
import { noLog, openWriteAheadLog, type FlushFile, type WriteAheadLog } from './write-ahead-log.ts'

/** An open database with its schema up to date; `path` is for messages, `log` flushes what was committed. */
export type OpenDatabase = {
  db: DatabaseSync
  path: string
  log: WriteAheadLog
  /** The first of its files that stands under its name no more, or was cut short. */
  lostFile: () => LostFile | undefined
  close: () => void
}

// EXCLUSIVE: the lock of this process is on the database file itself, by whichever path it is reached, and the kernel frees
// it with the process. SQLite flushes around checkpoints, the group commit flushes the log before it answers, and makes the
// checkpoints (ADR 0016). Pages of 2 KiB: rows are small and their keys random, so a commit touches many pages, and writes
// each of them whole (half the system time of 4 KiB, measured). 16 MiB of cache.
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA page_size = 2048;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -16384;
  PRAGMA wal_autocheckpoint = 0;
`
// Somebody's tool may be reading the file for a moment.
const LOCK_WAIT_MS = 250

/** A database in memory, gone when it is closed: for unit tests and simulation. */
export const openMemoryDatabase = (): OpenDatabase => {
  const db = new DatabaseSync(':memory:')
  migrate(db)
  return { db, path: ':memory:', log: noLog(db), lostFile: () => undefined, close: () => db.close() }
}

const takeOver = (db: DatabaseSync, { dir, path }: DataFolder, flushFile?: FlushFile): OpenDatabase => {
  db.exec(PRAGMAS)
  refuseForeign(db, path)
  refuseDamaged(db, path)
  migrate(db)
  removeLeftovers(dir)
  // Where SQLite puts it: beside the file that a link leads to.
  const logPath = `${realpathSync(path)}-wal`
  const log = openWriteAheadLog(db, logPath, flushFile)
  const lostFile = watchFiles([{ path }, { path: logPath, bytesMin: log.flushedBytes }])
  return { db, path, log, lostFile, close: () => log.close() }
}

const explain = (error: unknown, { dir, path }: DataFolder): unknown => {
  if (error instanceof NewerSchemaError)
    return new EngineError(`${path} was written by a newer release: start that one`, { cause: error })
  if (!isLocked(error)) return toEngineError(error, path)
  return new EngineError(
    `${dir} is in use by another Mensageria, or by a program that reads its database: stop that one, or set another DATA_DIR`,
    { cause: error },
  )
}

const openIn = (folder: DataFolder, flushFile?: FlushFile): OpenDatabase => {
  const { path, hasDatabase } = folder
  let db: DatabaseSync | undefined
  try {
    refuseUnusable(folder)
    if (!hasDatabase) makeDatabaseFile(path)
    db = new DatabaseSync(path, { timeout: LOCK_WAIT_MS })
    return takeOver(db, folder, flushFile)
  } catch (error) {
    db?.close()
    // Of a start that came to nothing an empty file would be in the way of the next one.
    if (!hasDatabase && statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path)
    throw explain(error, folder)
  }
}

/** Opens `mensageria.db` in a folder that this process owns alone. Throws EngineError with a sentence for people. */
export const openDatabase = (dataDir: string, flushFile?: FlushFile): OpenDatabase => {
  let folder: DataFolder
  try {
    folder = prepareDataFolder(dataDir)
  } catch (error) {
    throw toEngineError(error, dataDir)
  }
  return openIn(folder, flushFile)
}
