import { DailyReport, defined, isoTime, isoTimeOf } from '@mensageria/contracts'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const schema = {
  summary: 'See one day in numbers',
  description:
    'What the day brought, and how every delivery stands at `asOf`. Days are of UTC; today unless said.',
  tags: ['Integrations'],
  querystring: z.strictObject({
    day: z.iso.date().optional().meta({ description: 'A UTC date', example: '2026-11-24' }),
  }),
  response: {
    200: json('The day', DailyReport),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

/** GET /v1/report */
export const reportRoutes =
  ({ operations }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get('/v1/report', { schema }, async ({ query }, reply) => {
      const report = await orUnavailable(operations.reportDaily(query.day))
      const integrations = report.integrations.map(({ oldestOpenAt, ...rest }) => ({
        ...rest,
        ...defined({ oldestOpenAt: isoTimeOf(oldestOpenAt) }),
      }))
      return reply.send({ ...report, asOf: isoTime(report.asOf), integrations })
    })
  }
