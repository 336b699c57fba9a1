import type { OpenDatabase } from './open-database.ts'
import { EngineError, toEngineError } from './engine-error.ts'

/** Runs `work` inside the next commit and resolves with its result when that commit is on the disk. */
export type Write = <T>(work: () => T) => Promise<T>

type Waiting = { run: () => { settle: () => void }; reject: (error: unknown) => void }

// Bounds how long one commit holds the thread: about 20 microseconds a write.
const BATCH_MAX = 256
// Under load a commit waits this long after the last one, so that more callers share its flush; alone it waits for nothing.
const COMMIT_GAP_MS = 2

/**
 * Group commit: writes that wait are committed together, so that many callers share one flush to the disk. Each has a
 * savepoint of its own: one that throws undoes itself alone. If the commit itself fails, nothing of the batch is kept and
 * every caller hears of it.
 */
export const createGroupCommit = ({ db, path }: OpenDatabase): { write: Write; finish: () => void } => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const savepoint = db.prepare('SAVEPOINT one')
  const release = db.prepare('RELEASE one')
  const undo = db.prepare('ROLLBACK TO one')
  let waiting: Waiting[] = []
  let committedAt = 0
  let finished = false

  const plan = () => {
    const gapMs = committedAt + COMMIT_GAP_MS - performance.now()
    if (gapMs > 0) setTimeout(flush, gapMs)
    else setImmediate(flush)
  }

  const attempt = <T>(work: () => T, resolve: (value: T) => void, reject: (error: unknown) => void) => {
    savepoint.run()
    try {
      const value = work()
      release.run()
      return { settle: () => resolve(value) }
    } catch (error) {
      // An error like a full disk ends the whole transaction: nothing of the batch may go on outside of it.
      if (!db.isTransaction) throw error
      undo.run()
      release.run()
      return { settle: () => reject(toEngineError(error, path)) }
    }
  }

  const flush = () => {
    // Everything was committed by `finish` before this turn came.
    if (waiting.length === 0) return
    const batch = waiting.splice(0, BATCH_MAX)
    try {
      begin.run()
      const done = batch.map(({ run }) => run())
      commit.run()
      for (const { settle } of done) settle()
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      const explained = toEngineError(error, path)
      for (const { reject } of batch) reject(explained)
    }
    committedAt = performance.now()
    if (waiting.length > 0) plan()
  }

  return {
    /** Commits what waits, now, and refuses every later write: for the end of the process. */
    finish: () => {
      finished = true
      while (waiting.length > 0) flush()
    },
    write: (work) =>
      new Promise((resolve, reject) => {
        if (finished) return reject(new EngineError(`${path} is closed: the process is ending`))
        waiting.push({ run: () => attempt(work, resolve, reject), reject })
        if (waiting.length === 1) plan()
        return undefined
      }),
  }
}
