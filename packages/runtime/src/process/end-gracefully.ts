import closeWithGrace from 'close-with-grace'
import type { Logger } from '../logging/logger.ts'

// Cloud Run kills 10 s after SIGTERM.
const DELAY_MS = 9_000

/** How to stop listening for the end, and how to bring it about; `close` ends the process. */
export type GracefulEnd = { uninstall(): void; close(): Promise<void> }

/**
 * Ends the process in order: on a signal `close` runs, then exit 0; exit 1 where it takes longer than `delayMs` or fails.
 * A second signal ends at once. An uncaught error is logged, and ends the process with exit 1 once it has closed.
 */
export const endGracefully = (
  logger: Logger,
  close: () => Promise<void>,
  { delayMs = DELAY_MS }: { delayMs?: number } = {},
): GracefulEnd => {
  const options: closeWithGrace.Options = {
    delay: delayMs,
    logger: false,
    onSecondSignal: (signal) => logger.warn({ signal }, 'process.second-signal'),
    onSecondError: (error) => logger.fatal({ err: error }, 'process.second-error'),
    onTimeout: () => logger.error({ delayMs }, 'process.close-timeout'),
  }
  const installed = closeWithGrace(options, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'process.uncaught')
    else logger.info({ signal }, 'process.closing')
    try {
      await close()
    } catch (error) {
      logger.error({ err: error }, 'process.close-failed')
      throw error
    }
  })
  return { uninstall: () => installed.uninstall(), close: async () => installed.close() }
}
