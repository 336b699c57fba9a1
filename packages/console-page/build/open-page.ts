import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fingerprintOfSources } from './fingerprint.ts'
import { BUILT } from './places.ts'

/** The page's built files. */
export type Page = {
  /** Their folder, once they are there. */
  dir(): string | undefined
  /** Builds them where nobody has built them from these sources yet; nobody waits for it. */
  prepare(): void
  /** Gives a build up that still runs. */
  close(): void
}

type Log = { info(text: string): void; error(fields: object, text: string): void }

const BUILD_MAX_MS = 120_000

const canWrite = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Opens the page. It is built by a process beside this one: the bundler's memory and work are not the server's. Where
 * `folder` must not be written, it is built into `spare`.
 */
export const openPage = (log: Log, folder = BUILT, spare = folder): Page => {
  const giveUp = new AbortController()
  let built: string | undefined

  const build = async (dir: string) => {
    const startedAt = performance.now()
    const script = join(import.meta.dirname, 'build-page.ts')
    try {
      await promisify(execFile)(process.execPath, [script, dir], {
        signal: giveUp.signal,
        timeout: BUILD_MAX_MS,
      })
      built = dir
      log.info(`The console page is built (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
    } catch (err) {
      if (!giveUp.signal.aborted)
        log.error({ err }, 'The console page could not be built; the API is not affected')
    }
  }

  return {
    dir: () => built,
    prepare: () => {
      const name = fingerprintOfSources()
      built = [folder, spare].map((one) => join(one, name)).find((dir) => existsSync(dir))
      if (built === undefined) void build(join(canWrite(folder) ? folder : spare, name))
    },
    close: () => giveUp.abort(),
  }
}
