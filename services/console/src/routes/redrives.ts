import { defined, pageOf, Redrive, RedriveBody, RedriveDryRun } from '@mensageria/contracts'
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
import { toFilter, toRedrive, withLanes } from '../to-redrive.ts'

const Params = z.object({ id: z.string().meta({ description: 'Id of the redrive' }) })
const tags = ['Redrives']

const createSchema = {
  summary: 'Send deliveries again',
  description:
    'At least one of `integration`, `cause` and `centerId`. Canary first, then 1, 2, 4, 8 ... up to the cap.',
  tags,
  body: RedriveBody,
  response: {
    200: json('With `dryRun`: what it would send now', RedriveDryRun),
    202: json('It begins with the next sweep', Redrive),
    400: problem('invalid-request'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    503: problem('unavailable'),
  },
}

const listSchema = {
  summary: 'List redrives',
  description: 'Newest first.',
  tags,
  querystring: PageQuery,
  response: {
    200: json('One page', pageOf(Redrive, 'RedrivePage')),
    400: problem('invalid-request'),
    503: problem('unavailable'),
  },
}

const readSchema = {
  summary: 'See how far a redrive has got',
  tags,
  params: Params,
  response: { 200: json('The redrive', Redrive), 404: problem('not-found'), 503: problem('unavailable') },
}

const actSchema = (summary: string) => ({
  summary,
  description: 'What is being sent finishes. Again it changes nothing.',
  tags,
  params: Params,
  response: {
    200: json('The redrive as it is now', Redrive),
    404: problem('not-found'),
    409: problem('redrive-ended'),
    503: problem('unavailable'),
  },
})

const ACTIONS = {
  pause: actSchema('Pause a redrive'),
  resume: actSchema('Let a paused redrive go on'),
  cancel: actSchema('End a redrive for good'),
} as const

const notFound = () => new ProblemError('not-found', { detail: 'There is no redrive with this id' })

const REFUSALS = {
  empty: {
    pointer: '/filter',
    detail: 'Name an integration, a cause or a center: everything at once is never meant',
  },
  'delivered-without-force': { pointer: '/filter/states', detail: 'Delivered rows are sent with force only' },
  'unknown-integration': { pointer: '/filter/integration', detail: 'There is no integration with this name' },
} as const

const invalid = (reason: keyof typeof REFUSALS, { integration }: { integration?: string }) => {
  const { pointer, detail } = REFUSALS[reason]
  const named = reason === 'unknown-integration' ? `There is no integration named ${integration}` : detail
  return new ProblemError('invalid-request', { detail: named, errors: [{ pointer, detail: named }] })
}

/** GET and POST /v1/redrives, GET /v1/redrives/{id}, POST /v1/redrives/{id}:pause, :resume and :cancel */
export const redriveRoutes =
  ({ engine, operations, integrations, hub }: ConsoleDeps): AppPlugin =>
  (app) => {
    const { redrives } = engine

    app.post('/v1/redrives', { schema: createSchema }, async (request, reply) => {
      const { dryRun, filter, reason, force, ratePerSecond, rampCap } = request.body
      const asked = {
        filter: toFilter(filter),
        reason,
        force,
        requestedBy: callerIdOf(request),
        ...defined({ ratePerSecond, rampCap }),
      }
      if (dryRun) {
        const found = await orUnavailable(operations.redrives.dryRun(asked))
        if (found.kind === 'invalid') throw invalid(found.reason, asked.filter)
        const sample = found.sample.flatMap((one) => toFoundDelivery(integrations, one))
        const { count, more, instead } = found
        return reply.code(200).send({ count, more, sample, ...instead })
      }
      const created = await orUnavailable(operations.redrives.create(asked))
      if (created.kind === 'invalid') throw invalid(created.reason, asked.filter)
      hub.publish('redrive', () => toRedrive(created))
      return reply.code(202).send(toRedrive(created))
    })

    app.get('/v1/redrives', { schema: listSchema }, async ({ query }, reply) => {
      const page = await orUnavailable(redrives.list(positionOf(query))).catch(badPageToken)
      return reply.send({ ...page, items: page.items.map(toRedrive) })
    })

    app.get('/v1/redrives/:id', { schema: readSchema }, async ({ params }, reply) => {
      const found = await orUnavailable(redrives.read(params.id))
      if (!found) throw notFound()
      return reply.send(toRedrive(withLanes(found)))
    })

    for (const action of ['pause', 'resume', 'cancel'] as const) {
      const url = `/v1/redrives/:id([^:]+)::${action}` as const
      app.post(url, { schema: ACTIONS[action] }, async (request, reply) => {
        const by = callerIdOf(request)
        const acted = await orUnavailable(operations.redrives.act(request.params.id, action, by))
        if (acted.kind === 'not-found') throw notFound()
        if (acted.kind === 'ended') throw new ProblemError('redrive-ended')
        hub.publish('redrive', () => toRedrive(acted))
        return reply.send(toRedrive(acted))
      })
    }
  }
