import type { Logger } from '@mensageria/runtime'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeFeed } from './change-feed.ts'
import type { EventHub } from './event-hub.ts'

/**
 * Checks for changes every `intervalMs` while somebody watches, one check at a time; otherwise it costs nothing. `stop` waits
 * for the check that is under way.
 */
export const startWatching = (
  feed: Pick<ChangeFeed, 'check' | 'forget'>,
  hub: Pick<EventHub, 'size'>,
  intervalMs: number,
  logger: Pick<Logger, 'warn'>,
): { stop(): Promise<void> } => {
  const ending = new AbortController()
  const loop = async () => {
    while (!ending.signal.aborted) {
      try {
        if (hub.size() > 0) await feed.check()
        else feed.forget()
      } catch (err) {
        logger.warn({ err }, 'watch.failed')
      }
      await sleep(intervalMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  const done = loop()
  return {
    stop: async () => {
      ending.abort()
      await done
    },
  }
}
