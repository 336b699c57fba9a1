/** The engine cannot work with its files; the message is a sentence that says what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  /** A fault of the machine, not of ours: its line needs no stack. */
  readonly expected = true
}

// By their fields, not by instanceof: an error of Node's own modules may come from another realm, as it does in tests.
const extendedCodeOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

const errcodeOf = (error: unknown): number | undefined => {
  const code = extendedCodeOf(error)
  return code === undefined ? undefined : code & 0xff
}

/** Whether SQLite found the file locked by somebody else (SQLITE_BUSY). */
export const isLocked = (error: unknown): boolean => errcodeOf(error) === 5

/** Whether the disk refuses writes for another cause than want of space (SQLITE_READONLY, SQLITE_IOERR). */
export const isUnwritable = (error: unknown): boolean => [8, 10].includes(errcodeOf(error) ?? 0)

/** Whether a flush failed: one of SQLite's own (SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC), or one of ours. */
export const isFailedFlush = (error: unknown): boolean =>
  [1034, 1290].includes(extendedCodeOf(error) ?? 0) ||
  (typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'fdatasync')

/** The code of an error of the file system. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

// Keyed by SQLite's primary result codes (sqlite.org/rescode.html) and by the file system's error codes.
const ADVICE: Readonly<Record<string, (path: string) => string>> = {
  5: (path) => `${path} is locked by another program: stop it, then try again`,
  6: (path) => `${path} is locked by another program: stop it, then try again`,
  8: (path) => `${path} cannot be written: give this user the right to write there`,
  10: (path) => `${path} could not be read or written: check the disk, then start again`,
  11: (path) => `${path} is damaged: restore it from a backup, or move it away to start empty`,
  13: (path) => `The disk that holds ${path} is full: free some space; nothing that was accepted is lost`,
  14: (path) => `${path} cannot be opened: check that the folder exists and that this user may write there`,
  26: (path) => `${path} is no database: restore it from a backup, or move it away to start empty`,
  EACCES: (path) => `${path} cannot be written: give this user the right to write there, or set DATA_DIR`,
  EPERM: (path) => `${path} cannot be written: give this user the right to write there, or set DATA_DIR`,
  EROFS: (path) => `${path} cannot be written: its file system is read-only; set DATA_DIR to another folder`,
  ENOTDIR: (path) => `${path} is not in a folder: set DATA_DIR to a folder`,
  EEXIST: (path) => `${path} is not in a folder: set DATA_DIR to a folder`,
  ENAMETOOLONG: (path) => `${path} has too long a name: set another DATA_DIR`,
  ENOSPC: (path) => `The disk that holds ${path} is full: free some space`,
}

/** Puts what SQLite or the file system says into a sentence that says what to do; other errors come back as they are. */
export const toEngineError = (error: unknown, path: string): unknown => {
  const advice = ADVICE[String(errcodeOf(error) ?? codeOf(error))]
  return advice ? new EngineError(advice(path), { cause: error }) : error
}
