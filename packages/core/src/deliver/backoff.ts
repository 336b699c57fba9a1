import type { RetryPolicy } from '../model/settings.ts'

/** The wait after the given failed attempt (1, 2, ...): min, 2 x min, 4 x min ... up to max. */
export const backoffMs = (
  retry: Pick<RetryPolicy, 'minBackoffMs' | 'maxBackoffMs'>,
  attempt: number,
): number => Math.min(retry.maxBackoffMs, retry.minBackoffMs * 2 ** Math.min(Math.max(0, attempt - 1), 40))

/**
 * Hours until the broker gives up: the sum of the waits between all attempts. 10 s doubling to 600 s with 100 attempts is
 * 15.7 h; what lasts longer comes back by recovery.
 */
export const horizonHours = (retry: RetryPolicy): number => {
  let totalMs = 0
  for (let attempt = 1; attempt < retry.attemptsMax; attempt++) totalMs += backoffMs(retry, attempt)
  return totalMs / 3_600_000
}
