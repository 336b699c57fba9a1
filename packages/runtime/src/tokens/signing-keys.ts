import type { Clock } from '@mensageria/core'
import { z } from 'zod'
import { isError } from '../base/is-error.ts'
import type { Logger } from '../logging/logger.ts'

/** Public keys by their id, as PEM. */
export type Keys = Readonly<Record<string, string>>

export type SigningKeysOptions = {
  load: () => Promise<unknown>
  clock: Pick<Clock, 'monotonic'>
  logger: Pick<Logger, 'warn'>
}

const Loaded = z.record(z.string(), z.string()).refine((keys) => Object.keys(keys).length > 0)

// Google publishes a key hours before its first use and keeps it for days: keys an hour old are as good as new. While the
// key server is away they serve on for a day; beyond that a withdrawn key would be believed for too long.
const FRESH_MS = 3_600_000
const USABLE_MS = 24 * FRESH_MS
// A flood of tokens with invented key ids must not become a flood of requests.
const GAP_MS = 60_000

/**
 * Keeps the keys that tokens are signed with. `keysFor` resolves at once where it has the key, and renews behind the
 * caller's back; it waits for the key server only where it has not. Rejects where there are no usable keys at all.
 */
export const createSigningKeys = ({ load, clock, logger }: SigningKeysOptions) => {
  let kept: { keys: Keys; at: number } | undefined
  let triedAt: number | undefined
  let loading: Promise<void> | undefined

  const renew = async (): Promise<void> => {
    triedAt = clock.monotonic()
    kept = { keys: Loaded.parse(await load()), at: clock.monotonic() }
  }
  // All who wait share one request.
  const renewOnce = (): Promise<void> =>
    (loading ??= renew().finally(() => {
      loading = undefined
    }))
  const warn = (error: unknown) => {
    logger.warn({ cause: isError(error) ? error.name : 'unknown' }, 'push.keys-not-renewed')
  }
  const usable = () => (kept && clock.monotonic() - kept.at < USABLE_MS ? kept : undefined)

  const keysFor = async (keyId: string): Promise<Keys> => {
    const found = usable()
    const known = found !== undefined && Object.hasOwn(found.keys, keyId)
    const due = triedAt === undefined || clock.monotonic() - triedAt >= GAP_MS
    if (known) {
      if (due && clock.monotonic() - found.at >= FRESH_MS) void renewOnce().catch(warn)
      return found.keys
    }
    // Without any key nobody can be let in: then every caller may ask.
    if (due || !found || loading) await renewOnce().catch(warn)
    const renewed = usable()
    if (!renewed) throw new Error('There are no keys to check a token with')
    return renewed.keys
  }
  return { keysFor }
}
