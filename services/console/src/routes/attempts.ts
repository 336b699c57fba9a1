import { RecentAttempts } from '@mensageria/contracts'
import { json } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

const schema = {
  summary: 'See the attempts of the last hour',
  description:
    'Minute by minute, oldest first. What happened before `since`, or in another process, is not known here.',
  tags: ['Integrations'],
  response: { 200: json('Those of every integration', RecentAttempts) },
}

/** GET /v1/attempts */
export const attemptRoutes =
  ({ integrations, attempts, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get('/v1/attempts', { schema }, async (_request, reply) =>
      reply.send({
        since: iso(attempts?.since ?? clock.now()),
        items: integrations.flatMap(({ name }) =>
          attempts
            ? {
                integration: name,
                minutes: attempts.lastHour(name).map((minute) => ({ ...minute, at: iso(minute.at) })),
              }
            : [],
        ),
      }),
    )
  }
