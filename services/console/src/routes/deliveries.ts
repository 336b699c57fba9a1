import {
  defined,
  Delivery,
  FailureKind,
  OneRedriveBody,
  pageOf,
  Redrive,
  ShownState,
  text,
} from '@mensageria/contracts'
import type { DeliveryFilter } from '@mensageria/core'
import {
  badPageToken,
  callerIdOf,
  json,
  orUnavailable,
  PageQuery,
  positionOf,
  problem,
  ProblemError,
} from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'
import { toFoundDelivery } from '../to-found-delivery.ts'
import { toFilter, toRedrive } from '../to-redrive.ts'

const at = z.iso.datetime({ offset: true })
const Query = z.strictObject({
  ...PageQuery.shape,
  integration: text(31).optional(),
  state: ShownState.optional(),
  kind: FailureKind.optional(),
  cause: text(200).optional().meta({ example: 'http-503' }),
  since: at.optional().meta({ description: 'Last attempt at or after this time' }),
  until: at.optional().meta({ description: 'Last attempt before this time' }),
  q: text().optional().meta({ description: 'Start of the name, code or taxId of the center' }),
})

const Params = z.object({
  integration: z.string().meta({ example: 'erp' }),
  centerId: z.string().meta({ description: 'Id of the center (UUID)' }),
})

const tags = ['Deliveries']

const listSchema = {
  summary: 'Find deliveries',
  description:
    'Newest first. Where there is a `nextPageToken`, there may be more, also after a page that is short or empty.',
  tags,
  querystring: Query,
  response: {
    200: json('One page', pageOf(Delivery, 'DeliveryPage')),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

const readSchema = {
  summary: 'See one delivery with its history',
  tags,
  params: Params,
  response: { 200: json('The delivery', Delivery), 404: problem('not-found'), 503: problem('unavailable') },
}

const redriveSchema = {
  summary: 'Send one delivery again',
  tags,
  params: Params,
  body: OneRedriveBody,
  response: {
    202: json('It will be sent with the next sweep', Redrive),
    400: problem('invalid-request'),
    404: problem('not-found'),
    409: problem('already-delivered'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    503: problem('unavailable'),
  },
}

const filterOf = (query: z.output<typeof Query>): DeliveryFilter => {
  const { integration, state, kind, cause, since, until, q } = query
  return toFilter(defined({ integration, states: state && [state], kind, cause, since, until, q }))
}

const notFound = () =>
  new ProblemError('not-found', { detail: 'There is no such delivery: see the integration and the center' })

/** GET /v1/deliveries, GET /v1/deliveries/{integration}/{centerId}, POST …:redrive */
export const deliveryRoutes =
  (deps: ConsoleDeps): AppPlugin =>
  (app) => {
    const { integrations, engine, operations, hub } = deps
    const { search } = engine

    app.get('/v1/deliveries', { schema: listSchema }, async ({ query }, reply) => {
      const page = await orUnavailable(search.find(filterOf(query), positionOf(query))).catch(badPageToken)
      const items = page.items.flatMap((found) => toFoundDelivery(integrations, found))
      return reply.send({ ...page, items })
    })

    app.get('/v1/deliveries/:integration/:centerId', { schema: readSchema }, async ({ params }, reply) => {
      const { items } = await orUnavailable(search.find(params, { pageSize: 1 }))
      const [delivery] = items.flatMap((found) => toFoundDelivery(integrations, found))
      if (!delivery) throw notFound()
      return reply.send(delivery)
    })

    const url = '/v1/deliveries/:integration/:centerId([^:]+)::redrive'
    app.post(url, { schema: redriveSchema }, async (request, reply) => {
      const { params, body } = request
      const asked = await orUnavailable(
        operations.redrives.createOne({ ...params, ...body, requestedBy: callerIdOf(request) }),
      )
      switch (asked.kind) {
        case 'created':
          hub.publish('redrive', () => toRedrive(asked))
          return reply.code(202).send(toRedrive(asked))
        case 'not-found':
          throw notFound()
        case 'delivered':
          throw new ProblemError('already-delivered', {
            detail: 'Send it with force to have it called again',
          })
        case 'in-redrive':
          throw new ProblemError('already-in-redrive', { detail: 'Wait for it, or cancel it' })
        default:
          return asked satisfies never
      }
    })
  }
