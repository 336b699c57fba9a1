import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'

const flush = promisify(fdatasync)

/** Brings what was committed so far to the disk: `sync` off this thread, `syncNow` on it. */
export type WalSync = { sync(): Promise<void>; syncNow(): void; close(): void }

/**
 * Flushes the write-ahead log of a database. The log alone decides what a commit is after a power cut: a commit whose
 * frames are flushed is kept, through whichever descriptor (sqlite.org/wal.html, "Durability"). A file descriptor of our own may
 * be closed freely: SQLite holds its locks on the other two files.
 */
export const openWalSync = (databasePath: string): WalSync => {
  const fd = openSync(`${databasePath}-wal`, 'r+')
  let inFlight: Promise<void> = Promise.resolve()
  return {
    sync: () => {
      const flushed = flush(fd)
      inFlight = flushed.catch(() => {})
      return flushed
    },
    syncNow: () => fdatasyncSync(fd),
    // A descriptor must not be closed, and given to another file, under a flush that runs.
    close: () => void inFlight.then(() => closeSync(fd)),
  }
}

/** For a database in memory: there is nothing to flush. */
export const NO_SYNC: WalSync = { sync: async () => {}, syncNow: () => {}, close: () => {} }
