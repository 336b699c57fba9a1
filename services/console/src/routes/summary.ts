import { isoTime, Summary } from '@mensageria/contracts'
import { emptyCounts, notAfter, SHOWN_STATES } from '@mensageria/core'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const schema = {
  summary: 'See everything in numbers',
  description: 'The sum over the states is what the integrations owe for the accepted centers, always.',
  tags: ['Integrations'],
  response: { 200: json('The numbers', Summary), 503: problem('unavailable') },
}

/** GET /v1/summary */
export const summaryRoutes =
  ({ engine: { stats }, integrations, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    const names = integrations.map(({ name }) => name)
    app.get('/v1/summary', { schema }, async (_request, reply) => {
      const [totals, ...known] = await orUnavailable(
        Promise.all([stats.totals(), ...names.map((name) => stats.ofIntegration(name))]),
      )
      const deliveries = emptyCounts()
      for (const { counts } of known) for (const state of SHOWN_STATES) deliveries[state] += counts[state]
      const now = clock.now()
      const { accepted, openEvents, asOf = now } = totals
      return reply.send({ asOf: isoTime(notAfter(asOf, now)), accepted, openEvents, deliveries })
    })
  }
