import { AuditEntry, isoTime, pageOf } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, positionOf, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const schema = {
  summary: 'See who changed what, and why',
  description: 'Newest first. What the system did in its own name is by `system`.',
  tags: ['Audit'],
  querystring: PageQuery,
  response: {
    200: json('One page', pageOf(AuditEntry, 'AuditPage')),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

/** GET /v1/audit */
export const auditRoutes =
  ({ engine: { audit } }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get('/v1/audit', { schema }, async ({ query }, reply) => {
      const page = await orUnavailable(audit.list(positionOf(query))).catch(badPageToken)
      const items = page.items.map((entry) => ({ ...entry, at: isoTime(entry.at) }))
      return reply.send({ ...page, items })
    })
  }
