import type { App } from './app.ts'
import { ProblemError } from './errors/problem-error.ts'

/**
 * Limits the requests of one caller, by address; what is too much gets 429 with `Retry-After`. A route opts out with
 * `config: { rateLimit: false }`. The counts are this process's own.
 */
export const useRateLimit = async (app: App, { perSecond }: { perSecond: number }): Promise<void> => {
  const { default: rateLimit } = await import('@fastify/rate-limit')
  const never = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }
  await app.register(rateLimit, {
    max: perSecond,
    timeWindow: 1000,
    addHeaders: { ...never, 'retry-after': true },
    addHeadersOnExceeding: never,
    errorResponseBuilder: () => new ProblemError('too-many-requests'),
  })
  // The plugin reaches routes only: guessing paths must not be free.
  const check = app.createRateLimit()
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return
    const found = await check(request)
    if (!found.isAllowed && found.isExceeded) {
      throw new ProblemError('too-many-requests', {}, { 'retry-after': String(found.ttlInSeconds) })
    }
  })
}
