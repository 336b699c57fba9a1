import { isoTime, pageOf, UnreadableMessage } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, positionOf, problem } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import type { ConsoleDeps } from '../console-deps.ts'

const PATH = '/v1/unreadable-messages'
// The path until release 0.2: a dead letter is what the broker gave up, readable or not.
const FORMER_PATH = '/v1/dead-letters'

const schema = {
  summary: 'List messages that cannot be decoded',
  description: 'Newest first; as they came.',
  tags: ['Deliveries'],
  querystring: PageQuery,
  response: {
    200: json('One page', pageOf(UnreadableMessage, 'UnreadableMessagePage')),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

/** GET /v1/unreadable-messages; the former path answers 308. */
export const unreadableMessageRoutes =
  ({ engine: { unreadable } }: ConsoleDeps): AppPlugin =>
  (app) => {
    app.get(PATH, { schema }, async ({ query }, reply) => {
      const page = await orUnavailable(unreadable.list(positionOf(query))).catch(badPageToken)
      const items = page.items.map(({ receivedAt, subscription, reason, attributes, data }) => ({
        receivedAt: isoTime(receivedAt),
        subscription,
        reason,
        attributes,
        data,
      }))
      return reply.send({ ...page, items })
    })
    app.get(FORMER_PATH, { schema: { hide: true } }, (request, reply) => {
      const location = PATH + request.url.slice(FORMER_PATH.length)
      return reply.code(308).header('location', location).send({ movedTo: location })
    })
  }
