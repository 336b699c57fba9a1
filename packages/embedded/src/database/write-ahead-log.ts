import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf } from './columns.ts'
import { LOGGED, WHOLE } from './inspect-database.ts'

/** Brings what was written through this descriptor, or any other on its file, to the disk. */
export type FlushFile = (fd: number) => Promise<void>

const flushOffThread: FlushFile = promisify(fdatasync)

// sqlite.org/fileformat2.html 4.1: a header of 32 bytes, then frames of 24 bytes and a page.
const HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
// 4 MiB of log at 2 KiB a page: each checkpoint holds the thread, and four short ones cost no more than a long one.
const LONG_FRAMES = 2_000

/**
 * The write-ahead log of a database. It alone decides what a commit is after a power cut: a commit whose frames are flushed
 * is kept, through whichever descriptor (sqlite.org/wal.html, "Durability").
 */
export type WriteAheadLog = {
  /** Brings what was committed so far to the disk, off this thread. */
  flush: () => Promise<void>
  /** The same on this thread. */
  flushNow: () => void
  /** How much of its file has been flushed, and must be there. */
  flushedBytes: () => number
  /** Takes back every commit that no flush has brought to the disk. The database must not be used after it. */
  takeBack: () => void
  /** Whether it should be copied into the database file soon. */
  isLong: () => boolean
  /** Copies it into the database file. Everything that was committed must have been flushed. */
  checkpoint: () => void
  /** Copies it, empties it, and says in the database file that this is whole without its log. */
  settle: () => void
  /** Says in the database file that what comes last is in the log; for the first write after `settle`. */
  unsettle: () => void
  /** Settles where it can, and closes the database. */
  close: () => void
}

const frameBytesOf = (db: DatabaseSync): number =>
  FRAME_HEADER_BYTES + numberOf(db.prepare('PRAGMA page_size').get() ?? {}, 'page_size')

/** Counts the frames of the log. */
const framesIn = (db: DatabaseSync): (() => number) => {
  const noop = db.prepare('PRAGMA wal_checkpoint(NOOP)')
  return () => numberOf(noop.get() ?? {}, 'log')
}

// A commit like any other.
const declare = (db: DatabaseSync, applicationId: number) =>
  db.exec(`BEGIN IMMEDIATE; PRAGMA application_id = ${applicationId}; COMMIT`)

/**
 * Takes over the log of an open database; nobody else may make checkpoints. Between two of ours the database file says that
 * it is LOGGED, and its log that it is WHOLE: who copies that file alone is told what it lacks, and a tool of SQLite that
 * copies the log after a kill, and removes it, leaves a file that says the truth too.
 */
export const openWriteAheadLog = (
  db: DatabaseSync,
  path: string,
  flushFile: FlushFile = flushOffThread,
): WriteAheadLog => {
  // Two descriptors, for each is told of a failure once: a flush on this thread must not miss what another one was told.
  // They may be closed freely: SQLite has its lock on the other file.
  const [fd, nowFd] = [openSync(path, 'r+'), openSync(path, 'r+')]
  const passive = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
  const truncate = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)')
  const frameBytes = frameBytesOf(db)
  const endOf = framesIn(db)
  let inFlight: Promise<void> = Promise.resolve()
  let flushed = 0
  let checkpointAt = LONG_FRAMES
  let settled = false

  const flushedBytes = () => (flushed === 0 ? 0 : HEADER_BYTES + flushed * frameBytes)
  const flushNow = () => {
    const end = endOf()
    fdatasyncSync(nowFd)
    flushed = end
  }
  const copy = (statement: typeof passive) => {
    const { log, checkpointed } = { log: 0, checkpointed: 0, ...statement.get() }
    if (log !== checkpointed) return
    // The database file has it all; the next commit begins the log anew.
    flushed = 0
    checkpointAt = LONG_FRAMES
  }
  const checkpoint = () => {
    // A try that fails, for want of space, is not worth one at each commit.
    checkpointAt = flushed + LONG_FRAMES
    declare(db, LOGGED)
    flushNow()
    copy(passive)
    declare(db, WHOLE)
  }
  const settle = () => {
    if (settled) return
    try {
      declare(db, WHOLE)
    } catch {
      // A disk so full that the log has no room for it: once copied, the log begins anew. SQLite would copy and remove it at the
      // end in any case, and leave a database file behind that asks for it.
      flushNow()
      copy(truncate)
      declare(db, WHOLE)
    }
    flushNow()
    copy(truncate)
    settled = true
  }

  checkpoint()
  return {
    flush: async () => {
      const end = endOf()
      const done = flushFile(fd)
      inFlight = done.catch(() => {})
      await done
      flushed = end
    },
    flushNow,
    flushedBytes,
    takeBack: () => {
      ftruncateSync(fd, flushedBytes())
      fdatasyncSync(fd)
    },
    isLong: () => flushed >= checkpointAt,
    checkpoint,
    settle,
    unsettle: () => {
      if (!settled) return
      checkpoint()
      settled = false
    },
    close: () => {
      try {
        settle()
      } catch {
        // A full disk: what was answered is in the log, and stays there.
      }
      db.close()
      closeSync(nowFd)
      // A descriptor must not be closed, and given to another file, under a flush that runs.
      void inFlight.then(() => closeSync(fd))
    },
  }
}

/** For a database in memory: there is nothing to flush. */
export const noLog = (db: DatabaseSync): WriteAheadLog => ({
  flush: async () => {},
  flushNow: () => {},
  flushedBytes: () => 0,
  takeBack: () => {},
  isLong: () => false,
  checkpoint: () => {},
  settle: () => {},
  unsettle: () => {},
  close: () => db.close(),
})
