import { DeadLetter, Summary } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

const DeadLetters = z
  .object({ items: z.array(DeadLetter), nextPageToken: z.string().optional() })
  .meta({ id: 'DeadLetterPage' })

const deadLettersSchema = {
  summary: 'List messages that nobody can read',
  description: 'Newest first; as they came.',
  tags: ['Deliveries'],
  querystring: PageQuery,
  response: {
    200: json('One page', DeadLetters),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

const summarySchema = {
  summary: 'See everything in numbers',
  description: 'The sum over the states is what the integrations owe for the accepted centers, always.',
  tags: ['Integrations'],
  response: { 200: json('The numbers', Summary), 503: problem('unavailable') },
}

const NOTHING = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 0 }

/** GET /v1/dead-letters, GET /v1/summary */
export const overviewRoutes =
  ({ integrations, figures, undecodable, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    const names = integrations.map(({ name }) => name)

    app.get('/v1/dead-letters', { schema: deadLettersSchema }, async ({ query }, reply) => {
      const { pageSize, pageToken } = query
      const position = { pageSize, ...(pageToken === undefined ? {} : { pageToken }) }
      const page = await orUnavailable(undecodable.list(position)).catch(badPageToken)
      const items = page.items.map(({ receivedAt, subscription, reason, attributes, data }) => ({
        receivedAt: iso(receivedAt),
        subscription,
        reason,
        attributes,
        data,
      }))
      return reply.send({ ...page, items })
    })

    app.get('/v1/summary', { schema: summarySchema }, async (_request, reply) => {
      const [totals, ...known] = await orUnavailable(
        Promise.all([figures.totals(), ...names.map((name) => figures.ofIntegration(name))]),
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
      return reply.send({ asOf: iso(asOf), accepted, openEvents, deliveries })
    })
  }
