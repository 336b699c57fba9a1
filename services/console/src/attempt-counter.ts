/** How many attempts of one minute had success, and how many had not; `at` is its beginning in epoch milliseconds. */
export type MinuteOfAttempts = { at: number; delivered: number; failed: number }

const MINUTE_MS = 60_000
const MINUTES = 60

const minuteOf = (ms: number): number => ms - (ms % MINUTE_MS)

/**
 * Counts this process's attempts by integration and minute, over the last hour; `since` is when it began to. It is for a
 * picture of the last hour: what counts for good is in the ledger.
 */
export const createAttemptCounter = (clock: { now(): number }) => {
  const since = clock.now()
  const counted = new Map<string, MinuteOfAttempts[]>()

  return {
    since,
    count: (integration: string, succeeded: boolean): void => {
      const minutes = counted.get(integration) ?? []
      counted.set(integration, minutes)
      const at = minuteOf(clock.now())
      let minute = minutes.find((known) => known.at === at)
      if (!minute) {
        minute = { at, delivered: 0, failed: 0 }
        minutes.push(minute)
        if (minutes.length > MINUTES) minutes.shift()
      }
      if (succeeded) minute.delivered += 1
      else minute.failed += 1
    },
    /** How many minutes it remembers of an integration. */
    size: (integration: string): number => counted.get(integration)?.length ?? 0,
    /** Every minute of the last hour, oldest first, also those in which nothing happened. */
    lastHour: (integration: string): MinuteOfAttempts[] => {
      const minutes = counted.get(integration) ?? []
      const newest = minuteOf(clock.now())
      return Array.from({ length: MINUTES }, (_, index) => {
        const at = newest - (MINUTES - 1 - index) * MINUTE_MS
        return minutes.find((minute) => minute.at === at) ?? { at, delivered: 0, failed: 0 }
      })
    },
  }
}

export type AttemptCounter = ReturnType<typeof createAttemptCounter>
