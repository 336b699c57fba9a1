import { DailyReport } from '@mensageria/contracts'
import { json, orUnavailable, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

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
  ({ reportDaily }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get('/v1/report', { schema }, async ({ query }, reply) => {
      const report = await orUnavailable(reportDaily(query.day))
      const integrations = report.integrations.map(({ oldestOpenAt, ...rest }) => ({
        ...rest,
        ...(oldestOpenAt === undefined ? {} : { oldestOpenAt: iso(oldestOpenAt) }),
      }))
      return reply.send({ ...report, asOf: iso(report.asOf), integrations })
    })
  }
