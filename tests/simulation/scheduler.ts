import type { Clock } from '@mensageria/core'

/** Virtual time: things happen in the order of their times, and nothing else moves the clock. */
export type Scheduler = {
  clock: Clock
  /** Virtual milliseconds since the start. */
  elapsed(): number
  at(ms: number, work: () => void): void
  /** Resolves after `ms` of virtual time. */
  delay(ms: number): Promise<void>
  /** Moves the wall clock, as a correction of the time does. */
  jump(ms: number): void
  /** Runs what is due until `done` says so, nothing is left, or time is up; resolves with whether it was done. */
  run(untilMs: number, done: () => boolean): Promise<boolean>
}

type Entry = { at: number; order: number; work: () => void }

const START = Date.parse('2026-01-01T00:00:00.000Z')

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

// A binary heap: the queue is the hot path of the simulation.
const createQueue = () => {
  const heap: Entry[] = []
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]]
    if (first && second) [heap[a], heap[b]] = [second, first]
  }
  const less = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]]
    return first !== undefined && second !== undefined && isBefore(first, second)
  }
  const sink = () => {
    let parent = 0
    for (;;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const child = less(right, left) ? right : left
      if (!less(child, parent)) return
      swap(child, parent)
      parent = child
    }
  }
  return {
    push: (entry: Entry) => {
      let child = heap.push(entry) - 1
      while (child > 0) {
        const parent = (child - 1) >> 1
        if (!less(child, parent)) return
        swap(child, parent)
        child = parent
      }
    },
    peek: (): Entry | undefined => heap[0],
    pop: (): Entry | undefined => {
      const first = heap[0]
      const last = heap.pop()
      if (last && heap.length > 0) {
        heap[0] = last
        sink()
      }
      return first
    },
  }
}

// Everything that the last event set off has run when an immediate comes round.
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A scheduler at time 0. */
export const createScheduler = (): Scheduler => {
  const queue = createQueue()
  let order = 0
  let nowMs = 0
  let offsetMs = 0
  const at = (ms: number, work: () => void) => {
    queue.push({ at: Math.max(nowMs, ms), order: (order += 1), work })
  }
  const delay = (ms: number) =>
    new Promise<void>((resolve) => {
      at(nowMs + ms, resolve)
    })
  return {
    // Whole milliseconds, as Date.now gives them.
    clock: { now: () => Math.floor(START + nowMs + offsetMs), monotonic: () => nowMs, sleep: delay },
    elapsed: () => nowMs,
    at,
    delay,
    jump: (ms) => {
      offsetMs += ms
    },
    run: async (untilMs, done) => {
      for (;;) {
        await settled()
        if (done()) return true
        const entry = queue.peek()
        if (!entry || entry.at > untilMs) return false
        queue.pop()
        nowMs = entry.at
        entry.work()
      }
    },
  }
}
