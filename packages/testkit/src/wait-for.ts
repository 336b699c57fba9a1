import { setTimeout as sleep } from 'node:timers/promises'

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>

/** How long to wait, and what to wait for where a truthy value is not enough. */
export type WaitOptions<T> = {
  /** 240 s unless given. */
  timeoutMs?: number
  until?: (value: T) => boolean
}

type Last = { value: unknown } | { error: unknown } | undefined

// Patience, not a promise: an emulator pauses a subscription that refuses, for minutes at times (docs/lessons.md).
const TIMEOUT_MS = 240_000
// Most conditions of a unit of code are true within milliseconds, those of a whole system within seconds.
const PAUSE_MIN_MS = 5
const PAUSE_MAX_MS = 100
const SHOWN_MAX = 1_000

const toJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}

const toText = (value: unknown): string => {
  const text = value instanceof Error ? String(value) : toJson(value)
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}... (${text.length} characters)` : text
}

const describeLast = (last: Last): string => {
  if (last === undefined) return 'The first look did not end'
  return 'error' in last ? `The last error: ${toText(last.error)}` : `The last value: ${toText(last.value)}`
}

const timeoutError = (condition: string, beganAt: number, last: Last): Error => {
  const seconds = ((performance.now() - beganAt) / 1000).toFixed(1)
  const cause = last !== undefined && 'error' in last ? { cause: last.error } : {}
  return new Error(`Waited ${seconds} s for: ${condition}. ${describeLast(last)}`, cause)
}

/**
 * Polls `read`, after 5 ms at first and every 100 ms in the end, and resolves with its value when that is truthy, or when `until` says so. An error of `read`
 * is one more reason to ask again. Rejects after `timeoutMs`, naming the condition and the last value or error.
 */
export function waitFor<T>(
  condition: string,
  read: () => T | Promise<T>,
  options: WaitOptions<T> & { until: (value: T) => boolean },
): Promise<T>
export function waitFor<T>(
  condition: string,
  read: () => T | Promise<T>,
  options?: Pick<WaitOptions<T>, 'timeoutMs'>,
): Promise<Truthy<T>>
export async function waitFor<T>(
  condition: string,
  read: () => T | Promise<T>,
  { timeoutMs = TIMEOUT_MS, until = Boolean }: WaitOptions<T> = {},
): Promise<T> {
  const beganAt = performance.now()
  const ending = new AbortController()
  let last: Last
  const poll = async (): Promise<T> => {
    for (let pauseMs = PAUSE_MIN_MS; ; pauseMs = Math.min(pauseMs * 1.5, PAUSE_MAX_MS)) {
      const askedAt = performance.now()
      try {
        const value = await read()
        last = { value }
        if (until(value)) return value
      } catch (error) {
        last = { error }
      }
      // A question that takes long is load for the system that it waits for: it rests as long as it took.
      await sleep(Math.max(pauseMs, performance.now() - askedAt), undefined, { signal: ending.signal })
    }
  }
  const timeout = async (): Promise<never> => {
    await sleep(timeoutMs, undefined, { signal: ending.signal })
    throw timeoutError(condition, beganAt, last)
  }
  try {
    return await Promise.race([poll(), timeout()])
  } finally {
    ending.abort()
  }
}
