import { AuditEntry } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const Page = z
  .object({ items: z.array(AuditEntry), nextPageToken: z.string().optional() })
  .meta({ id: 'AuditPage' })

const schema = {
  summary: 'See who changed what, and why',
  description: 'Newest first. What the system did in its own name is by `system`.',
  tags: ['Audit'],
  querystring: PageQuery,
  response: { 200: json('One page', Page), 400: problem('invalid-request'), 503: problem('unavailable') },
}

/** GET /v1/audit */
export const auditRoutes =
  ({ audit }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get('/v1/audit', { schema }, async ({ query }, reply) => {
      const { pageSize, pageToken } = query
      const position = { pageSize, ...(pageToken === undefined ? {} : { pageToken }) }
      const page = await orUnavailable(audit.list(position)).catch(badPageToken)
      const items = page.items.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }))
      return reply.send({ ...page, items })
    })
  }
