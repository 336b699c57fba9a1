import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EngineError, isLocked, toEngineError } from './engine-error.ts'

/**
 * Keeps a second process off the same folder. The lock is an open exclusive transaction on a database of its own: the
 * kernel frees it with the process, however that ends, so there is no stale lock to clean up.
 */
export const lockDataDir = (dataDir: string): { release: () => void } => {
  const path = join(dataDir, 'mensageria.lock')
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (!isLocked(error)) throw toEngineError(error, path)
    throw new EngineError(
      `${dataDir} is in use by another Mensageria: stop that one, or set another DATA_DIR`,
      {
        cause: error,
      },
    )
  }
  return { release: () => db.close() }
}
