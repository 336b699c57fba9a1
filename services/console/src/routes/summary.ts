import { Summary } from '@mensageria/contracts'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const schema = {
  summary: 'See everything in numbers',
  description: 'The sum over the states is what the integrations owe for the accepted centers, always.',
  tags: ['Integrations'],
  response: { 200: json('The numbers', Summary), 503: problem('unavailable') },
}

const NOTHING = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }

/** GET /v1/summary */
export const summaryRoutes =
  ({ integrations, stats, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    const names = integrations.map(({ name }) => name)
    app.get('/v1/summary', { schema }, async (_request, reply) => {
      const [totals, ...known] = await orUnavailable(
        Promise.all([stats.totals(), ...names.map((name) => stats.ofIntegration(name))]),
      )
      const deliveries = { ...NOTHING }
      for (const { counts } of known) {
        deliveries.waiting += counts.waiting
        deliveries.delivering += counts.delivering
        deliveries.retrying += counts.retrying
        deliveries.rejected += counts.rejected
        deliveries.parked += counts.parked
        deliveries.delivered += counts.delivered
      }
      const { accepted, openEvents, asOf = clock.now() } = totals
      return reply.send({ asOf: new Date(asOf).toISOString(), accepted, openEvents, deliveries })
    })
  }
