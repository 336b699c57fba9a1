import type { AttemptReport, Clock, MinuteOfAttempts, Stats } from '@mensageria/core'

const MINUTE_MS = 60_000

// How long counts wait in memory: one small write an integration, however many attempts there are.
const FLUSH_MS = 5_000

export type AttemptCounterOptions = {
  stats: Pick<Stats, 'addAttempts'>
  clock: Pick<Clock, 'now'>
  logger: { warn(fields: object, event: string): void }
  /** How long counts wait; 5 s unless given. */
  flushMs?: number
}

/**
 * Counts this process's attempts by minute and adds them to what all processes have counted, every `flushMs` while there are any.
 * What cannot be added waits for the next time. `flush` adds what is left: call it before the process ends.
 */
export const createAttemptCounter = ({ stats, clock, logger, flushMs = FLUSH_MS }: AttemptCounterOptions) => {
  const pending = new Map<string, Map<number, MinuteOfAttempts>>()
  let timer: NodeJS.Timeout | undefined

  const put = (integration: string, at: number, delivered: number, failed: number): void => {
    const minutes = pending.get(integration) ?? new Map<number, MinuteOfAttempts>()
    pending.set(integration, minutes)
    const minute = minutes.get(at) ?? { at, delivered: 0, failed: 0 }
    minute.delivered += delivered
    minute.failed += failed
    minutes.set(at, minute)
    // Nobody waits for it, and no process stays for it.
    timer ??= setTimeout(() => void flush(), flushMs).unref()
  }

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const taken = [...pending]
    pending.clear()
    await Promise.all(
      taken.map(async ([integration, minutes]) => {
        try {
          await stats.addAttempts(integration, [...minutes.values()])
        } catch (err) {
          logger.warn({ err, integration }, 'attempts.uncounted')
          const oldest = clock.now() - 60 * MINUTE_MS
          for (const { at, delivered, failed } of minutes.values()) {
            if (at > oldest) put(integration, at, delivered, failed)
          }
        }
      }),
    )
  }

  return {
    count: ({ row, outcome }: Pick<AttemptReport, 'row' | 'outcome'>): void => {
      const now = clock.now()
      const hasSucceeded = outcome.kind === 'delivered'
      put(row.integration, now - (now % MINUTE_MS), Number(hasSucceeded), Number(!hasSucceeded))
    },
    flush,
  }
}

export type AttemptCounter = ReturnType<typeof createAttemptCounter>
