import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { numberOf } from './columns.ts'
import type { DataFolder } from './data-folder.ts'
import { EngineError } from './engine-error.ts'

/**
 * The application ids of our files ("MgaW", "MgaL"). WHOLE: the file has everything. LOGGED: what was written last is in its
 * log, which says WHOLE again, and a copy without that is short of it.
 */
export const WHOLE = 0x4d_67_61_57
export const LOGGED = 0x4d_67_61_4c

// Larger files take seconds, and SQLite finds the damage when it meets it.
const CHECKED_BYTES_MAX = 256 * 1024 * 1024

const refuse = (sentence: string): never => {
  throw new EngineError(sentence)
}

const pragma = (db: DatabaseSync, name: string): number =>
  numberOf(db.prepare(`PRAGMA ${name}`).get() ?? {}, name)

/** Refuses the database of another program. Files of release 0.1 have no application id, but all its tables. */
export const refuseForeign = (db: DatabaseSync, path: string): void => {
  const id = pragma(db, 'application_id')
  if (id === WHOLE || id === LOGGED) return
  const tables = db.prepare('SELECT name FROM sqlite_schema').all()
  const isOurs = tables.length === 0 || tables.some(({ name }) => name === 'deliveries')
  if (id === 0 && isOurs) return
  refuse(`${path} is the database of another program: move it away, or set another DATA_DIR`)
}

/** Refuses a database with damaged pages; a large file is not looked through. */
export const refuseDamaged = (db: DatabaseSync, path: string): void => {
  if (pragma(db, 'page_count') * pragma(db, 'page_size') > CHECKED_BYTES_MAX) return
  const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (found === 'ok') return
  throw new EngineError(`${path} is damaged: restore it from a backup, or move it away to start empty`, {
    cause: found,
  })
}

// Without its log and without a lock, so that nothing is written before it is clear that it may be.
const openAsItIs = (path: string): DatabaseSync => {
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true })
}

/** Refuses a file that is not ours, is empty, or lacks its log, before anything is opened for writing. */
export const refuseUnusable = ({ path, hasDatabase, hasLog }: DataFolder): void => {
  const log = `${path}-wal`
  if (!hasDatabase && !hasLog) return
  if (!hasDatabase)
    refuse(
      `${path} is missing, but its log ${log} is there: bring it back, or move the log away to start empty`,
    )
  if (!statSync(path).isFile()) refuse(`${path} is no file: move it away, or set another DATA_DIR`)
  const db = openAsItIs(path)
  try {
    if (pragma(db, 'page_count') === 0)
      refuse(`${path} is empty: restore it from a backup, or remove it to start empty`)
    refuseForeign(db, path)
    if (pragma(db, 'application_id') === LOGGED && !hasLog)
      refuse(
        `${path} was copied without ${log}, which has what was written last: copy that too, or make an empty file of ` +
          'that name to start without it',
      )
  } finally {
    db.close()
  }
}
