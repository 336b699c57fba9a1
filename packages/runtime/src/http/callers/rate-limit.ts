import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { ProblemError } from '../errors/problem-error.ts'
import { callerKeyOf, type CallerKey } from './caller-key.ts'

/** Counts a request for its caller; throws a 429 with `Retry-After` where it is too many. */
export type CountRequest = (request: FastifyRequest) => Promise<void>

const WINDOW_MS = 1000

// The library counts by the wall clock: set back by a day, it would refuse for a day who had just asked too often. A key for each
// second of the monotonic clock starts every count anew.
const thisSecond = (): number => Math.floor(performance.now() / WINDOW_MS)

/**
 * Limits the requests of one caller: by account, else by address, with IPv6 by its network of 64 bits. Accounts and
 * addresses are counted apart, so that no flood of strangers costs an account anything. A route opts out with
 * `config: { rateLimit: false }`. The counts are this process's own.
 */
export const openRateLimit = async (
  app: App,
  { perSecond }: { perSecond: number },
): Promise<CountRequest> => {
  const { default: rateLimit, normalizeIP } = await import('@fastify/rate-limit')
  // Of more than 5,000 callers the library forgets the one that has asked least lately.
  const options = { max: perSecond, timeWindow: WINDOW_MS }
  await app.register(rateLimit, { ...options, global: false })
  const counter = (keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ ...options, keyGenerator: (request) => `${keyGenerator(request)} ${thisSecond()}` })
  const counters: Record<CallerKey['kind'], ReturnType<typeof counter>> = {
    account: counter((request) => callerKeyOf(request).key),
    address: counter((request) => normalizeIP(callerKeyOf(request).key)),
  }
  return async (request) => {
    if (request.routeOptions.config?.rateLimit === false) return
    const found = await counters[callerKeyOf(request).kind](request)
    if (found.isAllowed || !found.isExceeded) return
    throw new ProblemError('too-many-requests', {}, { 'retry-after': '1' })
  }
}
