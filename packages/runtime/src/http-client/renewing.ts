import { statSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { createSecureContext } from 'node:tls'
import type { Dispatcher } from 'undici'
import { errorCode } from '../base/is-error.ts'
import type { Logger } from '../logging/logger.ts'
import { readTlsFiles, type TlsFiles, type TlsMaterial } from '../tls/tls-files.ts'

// Files are renewed once in days; a second later is early enough.
const LOOK_EVERY_MS = 1_000

type Renewing = { current: () => Dispatcher; close: () => Promise<void> }

// Also the inode: a renewal by rename may keep the time.
const stampOf = (paths: readonly string[]): string =>
  paths
    .map((path) => {
      const { mtimeMs, ino, size } = statSync(path)
      return `${mtimeMs}:${ino}:${size}`
    })
    .join()

/**
 * Connections that are opened anew when the files change that they stand on; what is in work on the older ones ends in peace.
 * Files that are missing or do not fit together are those of a renewal under way: the older connections go on meanwhile.
 */
export const renewing = (
  files: TlsFiles,
  open: (material: TlsMaterial) => Dispatcher,
  logger?: Pick<Logger, 'warn'>,
  monotonic = () => performance.now(),
): Renewing => {
  const paths = [files.ca, files.own?.cert, files.own?.key].filter((path) => path !== undefined)
  let dispatcher = open(readTlsFiles(files))
  if (paths.length === 0) return { current: () => dispatcher, close: () => dispatcher.destroy() }

  let stamp = stampOf(paths)
  let lookAt = monotonic() + LOOK_EVERY_MS
  const renew = () => {
    const found = stampOf(paths)
    if (found === stamp) return
    const material = readTlsFiles(files)
    createSecureContext(material)
    const older = dispatcher
    dispatcher = open(material)
    stamp = found
    void older.close()
  }
  return {
    current: () => {
      if (monotonic() < lookAt) return dispatcher
      lookAt = monotonic() + LOOK_EVERY_MS
      try {
        renew()
      } catch (error) {
        logger?.warn({ cause: errorCode(error) ?? 'no code' }, 'certificate.not-renewed')
      }
      return dispatcher
    },
    close: () => dispatcher.destroy(),
  }
}
