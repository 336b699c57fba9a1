import type { EngineError } from '@mensageria/embedded'
import { writeLastWords, type Logger } from '@mensageria/runtime'
import { setTimeout as sleep } from 'node:timers/promises'

// For the refusals that are on their way; calls in flight are cut, as by a kill: the next start asks before it repeats them.
const DRAIN_MS = 1_000

/**
 * Ends a process that can keep no promise any more: says why, in the log and on stderr, lets its refusals leave, and exits
 * with 1, so that its supervisor starts it again.
 */
export const endBroken = async (
  failure: EngineError,
  { logger, close }: { logger: Logger; close: () => Promise<unknown> },
): Promise<void> => {
  logger.fatal({ err: failure }, 'storage.failed')
  writeLastWords(`Mensageria ended. ${failure.message}\n`)
  await Promise.race([close().catch(() => undefined), sleep(DRAIN_MS)])
  process.exit(1)
}
