import { isoTime, RecentAttempts } from '@mensageria/contracts'
import type { MinuteOfAttempts } from '@mensageria/core'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const MINUTE_MS = 60_000
const MINUTES = 60

const schema = {
  summary: 'See the attempts of the last hour',
  description: 'Minute by minute, oldest first, those without any as well; a few seconds late.',
  tags: ['Integrations'],
  response: { 200: json('Those of every integration', RecentAttempts), 503: problem('unavailable') },
}

// Every minute of the hour up to `now`.
const wholeHour = (counted: readonly MinuteOfAttempts[], now: number) => {
  const newest = now - (now % MINUTE_MS)
  return Array.from({ length: MINUTES }, (_, index) => {
    const at = newest - (MINUTES - 1 - index) * MINUTE_MS
    const { delivered = 0, failed = 0 } = counted.find((minute) => minute.at === at) ?? {}
    return { at: isoTime(at), delivered, failed }
  })
}

/** GET /v1/attempts */
export const attemptRoutes =
  ({ engine: { stats }, integrations, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    const names = integrations.map(({ name }) => name)
    app.get('/v1/attempts', { schema }, async (_request, reply) => {
      const now = clock.now()
      const counted = await orUnavailable(stats.lastHour(names, now))
      return reply.send({
        items: names.map((integration) => ({
          integration,
          minutes: wholeHour(counted[integration] ?? [], now),
        })),
      })
    })
  }
