import type { OpenDatabase } from './open-database.ts'
import { isFailedFlush, isUnwritable, toEngineError } from './engine-error.ts'
import type { createSyncer, Done } from './syncer.ts'

/** A caller whose work waits for the next commit. */
export type Waiting = { run: () => Done; reject: (error: unknown) => void }

// Bounds how long one commit holds the thread: about 20 microseconds a write.
const BATCH_MAX = 256
// Under load a commit waits this long after the last one, so that more callers share its pages and its flush; alone it
// waits for nothing.
const COMMIT_GAP_MS = 5
// Nobody has written for so long.
const QUIET_MS = 1_000

/** Commits what waits, many callers at once, and hands them to the syncer; in quiet moments it looks after the log. */
export const createCommitQueue = (
  { db, path, log }: OpenDatabase,
  syncer: ReturnType<typeof createSyncer>,
) => {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  let waiting: Waiting[] = []
  let committedAt = 0
  let unwritable = false

  // A checkpoint that finds no room is tried again later: the log has everything.
  const whileQuiet = (work: () => void) => {
    try {
      work()
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      if (isFailedFlush(error)) syncer.failFlush(error)
    }
  }

  const commitBatch = () => {
    const batch = waiting.splice(0, BATCH_MAX)
    try {
      log.unsettle()
      begin.run()
      const done = batch.map(({ run }) => run())
      commit.run()
      syncer.add(done)
      unwritable = false
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      unwritable = isUnwritable(error)
      if (isFailedFlush(error)) syncer.failFlush(error)
      const explained = syncer.failure() ?? toEngineError(error, path)
      for (const { reject } of batch) reject(explained)
    }
    committedAt = performance.now()
  }

  const plan = () => {
    const gapMs = committedAt + COMMIT_GAP_MS - performance.now()
    if (gapMs > 0) setTimeout(flush, gapMs)
    else setImmediate(flush)
  }

  const flush = () => {
    const idle = log.isLong() ? syncer.idle() : undefined
    // What is copied into the database file cannot be taken back: it must have been flushed, all of it.
    if (idle) {
      void idle.then(flush)
      return
    }
    // A commit behind the end of a log that was cut would hide that.
    if (syncer.failure({ look: true })) return
    if (log.isLong()) whileQuiet(log.checkpoint)
    // Everything was committed by `commitAll`, or refused, before this turn came.
    if (waiting.length > 0) commitBatch()
    if (waiting.length > 0) plan()
  }

  return {
    add: (caller: Waiting) => {
      waiting.push(caller)
      if (waiting.length === 1) plan()
    },
    /** Refuses what waits. */
    refuseAll: (refusal: Error) => {
      for (const { reject } of waiting.splice(0)) reject(refusal)
    },
    /** Commits everything that waits, now. */
    commitAll: () => {
      // Where its files are gone, this refuses what waits.
      syncer.failure({ look: true })
      while (waiting.length > 0) commitBatch()
    },
    /** False from a commit that the disk refused, for another cause than want of space, until one works again. */
    isWritable: () => !unwritable,
    /** Copies the log into the database file where nobody writes: a copy of that file alone lacks nothing then. */
    rest: () => {
      const isBusy = waiting.length > 0 || syncer.idle() || syncer.failure({ look: true })
      if (isBusy || performance.now() - committedAt < QUIET_MS) return
      whileQuiet(() => {
        // A write that shows whether there can be one again.
        if (unwritable) log.unsettle()
        log.settle()
        unwritable = false
      })
    },
  }
}
