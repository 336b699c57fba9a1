import { constants, fstatSync, openSync } from 'node:fs'
import { isatty } from 'node:tty'

/** stdout or stderr. */
export type StandardFd = 1 | 2

const OWN_FLAGS = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY | constants.O_APPEND

// A description of our own: another process that shares the old one can make that wait again. Only Linux has such a path, and
// who has no right to the pipe's file gets none.
const openOwn = (fd: StandardFd): number | undefined => {
  try {
    return openSync(`/proc/self/fd/${fd}`, OWN_FLAGS)
  } catch {
    return undefined
  }
}

/**
 * The descriptor by which stdout or stderr is written without ever waiting for a reader: a full pipe, a socket, or a stopped
 * terminal answers EAGAIN. Files are written as they are.
 */
export const openOutput = (fd: StandardFd): number => {
  const kind = fstatSync(fd)
  const isTerminal = isatty(fd)
  if (!isTerminal && !kind.isFIFO() && !kind.isSocket()) return fd
  const own = openOwn(fd)
  if (own !== undefined) return own
  // Node makes a pipe or socket non-blocking when its stream is asked for, and restores it at the end of the process.
  if (!isTerminal) void (fd === 1 ? process.stdout : process.stderr)
  return fd
}
