import { UnreadableMessage } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const PATH = '/v1/unreadable-messages'
// The path until release 0.2: a dead letter is what the broker gave up, readable or not.
const FORMER_PATH = '/v1/dead-letters'

const Page = z
  .object({ items: z.array(UnreadableMessage), nextPageToken: z.string().optional() })
  .meta({ id: 'UnreadableMessagePage' })

const schema = {
  summary: 'List messages that cannot be decoded',
  description: 'Newest first; as they came.',
  tags: ['Deliveries'],
  querystring: PageQuery,
  response: { 200: json('One page', Page), 400: problem('invalid-request'), 503: problem('unavailable') },
}

/** GET /v1/unreadable-messages; the former path answers 308. */
export const unreadableMessageRoutes =
  ({ unreadable }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get(PATH, { schema }, async ({ query }, reply) => {
      const { pageSize, pageToken } = query
      const position = { pageSize, ...(pageToken === undefined ? {} : { pageToken }) }
      const page = await orUnavailable(unreadable.list(position)).catch(badPageToken)
      const items = page.items.map(({ receivedAt, subscription, reason, attributes, data }) => ({
        receivedAt: new Date(receivedAt).toISOString(),
        subscription,
        reason,
        attributes,
        data,
      }))
      return reply.send({ ...page, items })
    })
    app.get(FORMER_PATH, { schema: { hide: true } }, (request, reply) =>
      reply.redirect(PATH + request.url.slice(FORMER_PATH.length), 308),
    )
  }
