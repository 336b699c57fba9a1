import { EngineError } from './engine-error.ts'
import type { OpenDatabase } from './open-database.ts'

/** A caller of a commit: told that this is on the disk, or that it is not. */
export type Done = { settle: () => void; reject: (error: unknown) => void }

// The disk may take nothing any more: then what was refused may be there after the next start.
const tryTo = (work: () => void) => {
  try {
    work()
  } catch {}
}

/**
 * Tells callers of commits that these are on the disk, under the names where the next start looks for them. While one flush
 * runs, commits gather for the next. Where that cannot be said any more, everybody is refused from then on, and what nobody
 * was answered is taken back: the system may have dropped what it could not write, and the next flush would not say so.
 */
export const createSyncer = (
  { path, log, lostFile }: OpenDatabase,
  onFailure: (failure: EngineError) => void,
) => {
  let committed: Done[] = []
  let flushing: Done[] = []
  let running: Promise<void> | undefined
  let failure: EngineError | undefined

  const refuseAll = (refusal: EngineError) => {
    for (const { reject } of [...flushing.splice(0), ...committed.splice(0)]) reject(refusal)
  }
  const fail = (sentence: string, cause?: unknown) => {
    if (failure) return
    failure = new EngineError(sentence, { cause })
    tryTo(log.takeBack)
    refuseAll(failure)
    onFailure(failure)
  }
  const failFlush = (cause: unknown) =>
    fail(`${path} could not be flushed to the disk: check it, then start again`, cause)
  const checkFiles = () => {
    const lost = failure ? undefined : lostFile()
    if (lost === undefined) return
    // Where the log alone is gone, what it has can still go where the next start finds it. Half a log must not.
    if (lost.path !== path && !lost.isCut) tryTo(log.settle)
    fail(
      lost.isCut
        ? `${lost.path} was cut short while it was in use: restore it from a backup, then start again`
        : `${lost.path} was removed, renamed or replaced while it was in use: bring it back, then start again`,
    )
  }
  const settle = (callers: Done[]) => {
    checkFiles()
    if (failure) return refuseAll(failure)
    for (const caller of callers.splice(0)) caller.settle()
  }

  const flushAll = async () => {
    while (committed.length > 0) {
      flushing = committed.splice(0)
      try {
        await log.flush()
        settle(flushing)
      } catch (cause) {
        failFlush(cause)
      }
    }
    running = undefined
  }

  return {
    /** Why nobody is answered any more. Looks at the files first where it is told to. */
    failure: ({ look = false } = {}): EngineError | undefined => {
      if (look) checkFiles()
      return failure
    },
    failFlush,
    add: (done: Done[]) => {
      committed.push(...done)
      running ??= flushAll()
    },
    /** Resolves when what is committed now is on the disk. */
    synced: (): Promise<void> | undefined =>
      running &&
      new Promise((resolve, reject) => {
        committed.push({ settle: resolve, reject })
      }),
    /** Resolves when no flush runs. */
    idle: (): Promise<void> | undefined => running,
    /** Flushes on this thread and tells everybody. Throws where that cannot be done. */
    finish: () => {
      try {
        if (!failure) log.flushNow()
      } catch (cause) {
        failFlush(cause)
      }
      settle(flushing)
      settle(committed)
      if (failure) throw failure
    },
  }
}
