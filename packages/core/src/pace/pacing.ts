import { PLACE_MS } from '../model/budget.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { Clock } from '../ports/index.ts'
import { decidePace, perSecondAt, type Pace } from './decide-pace.ts'
import { isSentAway, type CallEnd } from './sent-away.ts'

/** When calls to one system may begin, by this process: for pushes, recovery and redrives alike. */
export type Pacing = {
  /**
   * Takes the next place. `true` at once where nothing holds calls back; else resolves when the place has come, or with false
   * where it is too far ahead, or the signal aborts. One that is `patient` is sent away no earlier than it must.
   */
  take(signal: AbortSignal, patient: boolean): true | Promise<boolean>
  /** A place that was taken is not used: nothing was called. */
  giveBack(): void
  /** Whether another call would soon get a place: a broker that asks first need not be sent away. */
  hasRoom(): boolean
  /** Learns from how a call ended that began at `startedAt` (monotonic milliseconds). */
  learn(end: CallEnd, startedAt: number): void
}

// The pushes of a broker that asks take no more than this ahead: the rest is for what the sweeper hands over.
const ROOM_MS = 1_500

// Counts what succeeded in the last full second, or in the one that runs where that is more already.
const createSuccesses = () => {
  let second = 0
  let [running, last] = [0, 0]
  const turnTo = (elapsed: number) => {
    const next = Math.floor(elapsed / 1000)
    if (next !== second) [last, running, second] = [next === second + 1 ? running : 0, 0, next]
  }
  return {
    add: (elapsed: number) => {
      turnTo(elapsed)
      running += 1
    },
    lastSecond: (elapsed: number): number => {
      turnTo(elapsed)
      return Math.max(last, running)
    },
  }
}

// A sleep that ends early where a place is given back: pushes of what is rejected already would use up the pace of a redrive.
const createNap = (clock: Pick<Clock, 'sleep'>) => {
  let ended = Promise.withResolvers<void>()
  return {
    end: () => ended.resolve(),
    sleep: (ms: number): Promise<void> => {
      ended = Promise.withResolvers()
      return Promise.race([clock.sleep(ms), ended.promise])
    },
  }
}

type Waiter = { latest: number; end(isTaken: boolean): void }

/** Resolves with false after `ms`, or as soon as the signal aborts. */
const refusedAfter = async (signal: AbortSignal, clock: Pick<Clock, 'sleep'>, ms: number): Promise<false> => {
  const aborted = Promise.withResolvers<void>()
  const onAbort = () => aborted.resolve()
  signal.addEventListener('abort', onAbort, { once: true })
  await Promise.race([clock.sleep(ms), aborted.promise])
  signal.removeEventListener('abort', onAbort)
  return false
}

/**
 * Keeps the pace of one integration: none until its system says that calls come too often, or its row has a
 * `max_rate_per_second`. Kept in memory by the process that calls; another process learns for itself.
 */
export const createPacing = (
  { ratePerSecondMax }: Pick<IntegrationSettings, 'ratePerSecondMax'>,
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
  waitMaxMs = PLACE_MS,
): Pacing => {
  const successes = createSuccesses()
  const queue: Waiter[] = []
  let pace: Pace | undefined
  let freeAt = 0
  const nap = createNap(clock)

  const stepMs = (elapsed: number): number => 1000 / perSecondAt(pace, elapsed, ratePerSecondMax)
  const nextAt = (elapsed: number): number => Math.max(elapsed, freeAt, pace?.resumeAt ?? 0)
  const isFree = (): boolean => pace === undefined && ratePerSecondMax === undefined && queue.length === 0
  /** When the place of somebody who comes now would come, behind all who wait. */
  const lastAt = (elapsed: number): number => nextAt(elapsed) + queue.length * stepMs(elapsed)

  // Each place is a step behind the one before, as it really came: what a busy machine has made late does not come in a burst.
  const run = async (): Promise<void> => {
    for (let [first] = queue; first; [first] = queue) {
      const elapsed = clock.monotonic()
      const at = nextAt(elapsed)
      if (at <= elapsed) freeAt = elapsed + stepMs(elapsed)
      if (at <= elapsed || first.latest <= elapsed) {
        queue.shift()
        first.end(at <= elapsed)
      } else await nap.sleep(Math.min(at, first.latest) - elapsed)
    }
  }

  const wait = (signal: AbortSignal, latest: number): Promise<boolean> => {
    const place = Promise.withResolvers<boolean>()
    const onAbort = () => {
      queue.splice(queue.indexOf(waiter), 1)
      waiter.end(false)
    }
    const waiter: Waiter = {
      latest,
      end: (isTaken) => {
        signal.removeEventListener('abort', onAbort)
        place.resolve(isTaken)
      },
    }
    signal.addEventListener('abort', onAbort, { once: true })
    queue.push(waiter)
    // The first to wait does so for all.
    if (queue.length === 1) void run()
    return place.promise
  }

  const take: Pacing['take'] = (signal, patient) => {
    const elapsed = clock.monotonic()
    if (pace && perSecondAt(pace, elapsed) === Infinity && elapsed >= pace.resumeAt) pace = undefined
    const at = lastAt(elapsed)
    if (isFree()) return true
    if (at <= elapsed) {
      freeAt = elapsed + stepMs(elapsed)
      return true
    }
    if (signal.aborted) return Promise.resolve(false)
    if (at - elapsed <= waitMaxMs) return wait(signal, elapsed + waitMaxMs)
    // A broker that is answered at once pushes the next one at once, and wears out the attempts of all.
    return patient ? refusedAfter(signal, clock, waitMaxMs) : Promise.resolve(false)
  }

  return {
    take: (signal, patient) => isFree() || take(signal, patient),
    giveBack: () => {
      if (!isFree()) freeAt -= stepMs(clock.monotonic())
      nap.end()
    },
    hasRoom: () => {
      if (isFree()) return true
      const elapsed = clock.monotonic()
      return lastAt(elapsed) - elapsed <= ROOM_MS
    },
    learn: (end, startedAt) => {
      const elapsed = clock.monotonic()
      if (end.kind === 'delivered') return successes.add(elapsed)
      if (!isSentAway(end)) return undefined
      const { httpStatus, retryAfterMs } = end
      const sentAway = { startedAt, retryAfterMs, isQuota: httpStatus === 429 }
      pace = decidePace(pace, sentAway, successes.lastSecond(elapsed), elapsed, ratePerSecondMax)
      return undefined
    },
  }
}
