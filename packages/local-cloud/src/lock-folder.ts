import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Keeps every other process out of a folder until what is returned is called; undefined where another one has it. The
 * kernel frees a lock of SQLite with the process, however that ends; a file with a process id would stay.
 */
export const lockFolder = (dir: string): (() => void) | undefined => {
  const path = join(dir, 'lock')
  const database = new DatabaseSync(path)
  try {
    chmodSync(path, 0o600)
    database.exec('BEGIN EXCLUSIVE')
    return () => database.close()
  } catch (error) {
    database.close()
    if (/database is locked/.test(String(error))) return undefined
    throw error
  }
}
