import type { MinuteOfAttempts } from '@mensageria/core'
import { innerMap, type Stored } from '../stored.ts'

const HOUR_MS = 3_600_000

/** Adds attempts to their minutes. */
export const addAttempts = (
  { attempts }: Stored,
  integration: string,
  minutes: readonly MinuteOfAttempts[],
): void => {
  const known = innerMap(attempts, integration)
  for (const { at, delivered, failed } of minutes) {
    const before = known.get(at)
    known.set(at, {
      delivered: (before?.delivered ?? 0) + delivered,
      failed: (before?.failed ?? 0) + failed,
    })
  }
}

/** The minutes of the hour up to `now` that had attempts, oldest first. */
export const lastHour = (
  { attempts }: Stored,
  integrations: readonly string[],
  now: number,
): Record<string, MinuteOfAttempts[]> => {
  const hourOf = (name: string): MinuteOfAttempts[] =>
    [...(attempts.get(name) ?? [])]
      .filter(([at]) => at > now - HOUR_MS && at <= now)
      .map(([at, counts]) => ({ at, ...counts }))
      .toSorted((a, b) => a.at - b.at)
  return Object.fromEntries(integrations.map((name) => [name, hourOf(name)]))
}
