import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { OpenDatabase } from './open-database.ts'
import { EngineError, toEngineError } from './engine-error.ts'

/** Runs `work` inside the next commit, all of it or nothing, and resolves with its result when that is on the disk. */
export type Write = <T>(work: () => T) => Promise<T>

/**
 * Runs one statement inside the next commit and resolves with the number of changed rows when that is on the disk. Half of
 * the cost of `write`: a statement alone undoes itself without a savepoint.
 */
export type WriteOne = (statement: StatementSync, ...values: SQLInputValue[]) => Promise<number>

/** Runs `work` at once and resolves with its result when everything that it can have seen is on the disk. */
export type Read = <T>(work: () => T) => Promise<T>

export type GroupCommit = {
  write: Write
  writeOne: WriteOne
  read: Read
  /** Commits what waits, now, and refuses every later write: for the end of the process. */
  finish: () => void
}

type Done = { settle: () => void; reject: (error: unknown) => void }
type Waiting = { run: () => Done; reject: (error: unknown) => void }

// Bounds how long one commit holds the thread: about 20 microseconds a write.
const BATCH_MAX = 256
// Under load a commit waits this long after the last one, so that more callers share its pages and its flush; alone it
// waits for nothing.
const COMMIT_GAP_MS = 5

// Runs one caller's work inside the batch, so that what throws ends for this caller alone.
const createAttempt =
  ({ db, path }: OpenDatabase) =>
  <T>(work: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): Done => {
    try {
      const value = work()
      return { settle: () => resolve(value), reject }
    } catch (error) {
      // An error like a full disk ends the whole transaction: nothing of the batch may go on outside of it.
      if (!db.isTransaction) throw error
      return { settle: () => reject(toEngineError(error, path)), reject }
    }
  }

// Gives work of several statements a savepoint of its own: it is done as a whole, or undone as a whole.
const createWhole = ({ db }: OpenDatabase) => {
  const savepoint = db.prepare('SAVEPOINT one')
  const release = db.prepare('RELEASE one')
  const undo = db.prepare('ROLLBACK TO one')
  return <T>(work: () => T): T => {
    savepoint.run()
    try {
      return work()
    } catch (error) {
      if (db.isTransaction) undo.run()
      throw error
    } finally {
      if (db.isTransaction) release.run()
    }
  }
}

// Tells callers of commits that these are on the disk. While one flush runs, commits gather for the next.
const createSyncer = ({ path, wal }: OpenDatabase) => {
  let committed: Done[] = []
  let syncing = false
  let failure: EngineError | undefined

  const syncAll = async () => {
    syncing = true
    while (committed.length > 0) {
      const batch = committed.splice(0)
      try {
        await wal.sync()
        for (const { settle } of batch) settle()
      } catch (cause) {
        // The system may have dropped what it could not write, and the next flush would not say so: only a start that
        // reads the file again knows what is there.
        failure ??= new EngineError(`${path} could not be flushed to the disk: check it, then start again`, {
          cause,
        })
        for (const { reject } of batch) reject(failure)
      }
    }
    syncing = false
  }

  return {
    failure: () => failure,
    add: (done: Done[]) => {
      committed.push(...done)
      if (!syncing) void syncAll()
    },
    /** Resolves when what is committed now is on the disk. */
    synced: (): Promise<void> | undefined =>
      syncing
        ? new Promise((resolve, reject) => {
            committed.push({ settle: resolve, reject })
          })
        : undefined,
    finish: () => {
      wal.syncNow()
      for (const { settle } of committed.splice(0)) settle()
    },
  }
}

/**
 * Group commit: writes that wait are committed together, so that many callers share one flush to the disk, which runs off
 * this thread. If the commit or its flush fails, every caller of the batch gets the error.
 */
export const createGroupCommit = (database: OpenDatabase): GroupCommit => {
  const { db, path } = database
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const attempt = createAttempt(database)
  const asWhole = createWhole(database)
  const syncer = createSyncer(database)
  let waiting: Waiting[] = []
  let committedAt = 0
  let finished = false

  const plan = () => {
    const gapMs = committedAt + COMMIT_GAP_MS - performance.now()
    if (gapMs > 0) setTimeout(flush, gapMs)
    else setImmediate(flush)
  }

  const flush = () => {
    // Everything was committed by `finish` before this turn came.
    if (waiting.length === 0) return
    const batch = waiting.splice(0, BATCH_MAX)
    try {
      begin.run()
      const done = batch.map(({ run }) => run())
      commit.run()
      syncer.add(done)
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      const explained = toEngineError(error, path)
      for (const { reject } of batch) reject(explained)
    }
    committedAt = performance.now()
    if (waiting.length > 0) plan()
  }

  const inNextCommit: Write = (work) =>
    new Promise((resolve, reject) => {
      const failure = syncer.failure()
      if (failure) return reject(failure)
      if (finished) return reject(new EngineError(`${path} is closed: the process is ending`))
      waiting.push({ run: () => attempt(work, resolve, reject), reject })
      if (waiting.length === 1) plan()
      return undefined
    })

  return {
    finish: () => {
      finished = true
      while (waiting.length > 0) flush()
      syncer.finish()
    },
    read: async (work) => {
      const value = work()
      await syncer.synced()
      const failure = syncer.failure()
      if (failure) throw failure
      return value
    },
    write: (work) => inNextCommit(() => asWhole(work)),
    writeOne: (statement, ...values) => inNextCommit(() => Number(statement.run(...values).changes)),
  }
}
