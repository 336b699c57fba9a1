import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { createCommitQueue } from './commit-queue.ts'
import { EngineError, toEngineError } from './engine-error.ts'
import type { OpenDatabase } from './open-database.ts'
import { createSyncer, type Done } from './syncer.ts'

/** Runs `work` inside the next commit, all of it or nothing, and resolves with its result when that is on the disk. */
export type Write = <T>(work: () => T) => Promise<T>

/**
 * Runs one statement inside the next commit and resolves with the number of changed rows when that is on the disk. Half of
 * the cost of `write`: a statement alone undoes itself without a savepoint.
 */
export type WriteOne = (statement: StatementSync, ...values: SQLInputValue[]) => Promise<number>

/** Runs `work` at once and resolves with its result when everything that it can have seen is on the disk. */
export type Read = <T>(work: () => T) => Promise<T>

/** Runs `work` at once, whether or not what it sees is on the disk. */
export type Peek = <T>(work: () => T) => T

export type GroupCommit = {
  write: Write
  writeOne: WriteOne
  read: Read
  /** Runs `work` at once, for what leads to later writes alone; refused once nobody is answered any more. */
  peek: Peek
  /** Whether callers are answered, and writes are possible: looks at the files. */
  isSound: () => boolean
  /** For a quiet moment: copies the log into the database file, so that a copy of that alone lacks nothing. */
  rest: () => void
  /** Commits what waits, now, and refuses every later write: for the end of the process. Throws where it cannot. */
  finish: () => void
}

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

/**
 * Group commit: writes that wait are committed together, so that many callers share one flush to the disk, which runs off
 * this thread. If the commit fails, every caller of the batch gets the error; if its flush fails or the files are gone, every
 * caller from then on, and `onFailure` is told once.
 */
export const createGroupCommit = (
  database: OpenDatabase,
  onFailure: (failure: EngineError) => void = () => {},
): GroupCommit => {
  const { path } = database
  const attempt = createAttempt(database)
  const asWhole = createWhole(database)
  let finished = false

  const syncer = createSyncer(database, (failure) => {
    queue.refuseAll(failure)
    onFailure(failure)
  })
  const queue = createCommitQueue(database, syncer)
  const throwFailure = (look = false) => {
    const failure = syncer.failure({ look })
    if (failure) throw failure
  }

  const inNextCommit: Write = (work) =>
    new Promise((resolve, reject) => {
      const failure = syncer.failure()
      if (failure) return reject(failure)
      if (finished) return reject(new EngineError(`${path} is closed: the process is ending`))
      queue.add({ run: () => attempt(work, resolve, reject), reject })
      return undefined
    })

  return {
    finish: () => {
      finished = true
      queue.commitAll()
      syncer.finish()
    },
    isSound: () => syncer.failure({ look: true }) === undefined && queue.isWritable(),
    peek: (work) => {
      throwFailure()
      return work()
    },
    read: async (work) => {
      throwFailure()
      const value = work()
      await syncer.synced()
      throwFailure(true)
      return value
    },
    rest: () => {
      if (!finished) queue.rest()
    },
    write: (work) => inNextCommit(() => asWhole(work)),
    writeOne: (statement, ...values) => inNextCommit(() => Number(statement.run(...values).changes)),
  }
}
