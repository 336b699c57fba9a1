import { Redrive, RedriveBody, RedriveDryRun } from '@mensageria/contracts'
import { badPageToken, json, orUnavailable, PageQuery, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import { callerOf, type ConsoleDeps } from '../console-deps.ts'
import { toFoundDelivery } from '../to-found-delivery.ts'
import { toFilter, toRedrive } from '../to-redrive.ts'

const Params = z.object({ id: z.string().meta({ description: 'Id of the redrive' }) })
const Page = z
  .object({ items: z.array(Redrive), nextPageToken: z.string().optional() })
  .meta({ id: 'RedrivePage' })
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
  response: { 200: json('One page', Page), 400: problem('invalid-request'), 503: problem('unavailable') },
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
} as const

const refused = (reason: keyof typeof REFUSALS) =>
  new ProblemError('invalid-request', { detail: REFUSALS[reason].detail, errors: [REFUSALS[reason]] })

/** GET and POST /v1/redrives, GET /v1/redrives/{id}, POST /v1/redrives/{id}:pause, :resume and :cancel */
export const redriveRoutes =
  (deps: ConsoleDeps): AppPlugin =>
  (app) => {
    const { integrations, redrives, requestRedrive, hub } = deps

    app.post('/v1/redrives', { schema: createSchema }, async (request, reply) => {
      const { dryRun, filter, reason, force, ratePerSecond, rampCap } = request.body
      const asked = {
        filter: toFilter(filter),
        reason,
        force,
        requestedBy: callerOf(deps, request),
        ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
        ...(rampCap === undefined ? {} : { rampCap }),
      }
      if (dryRun) {
        const found = await orUnavailable(requestRedrive.dryRun(asked))
        if (found.kind === 'refused') throw refused(found.reason)
        const sample = found.sample.flatMap((one) => toFoundDelivery(integrations, one))
        return reply.code(200).send({ count: found.count, sample })
      }
      const created = await orUnavailable(requestRedrive.create(asked))
      if (created.kind === 'refused') throw refused(created.reason)
      hub.publish('redrive', () => toRedrive(created.redrive))
      return reply.code(202).send(toRedrive(created.redrive))
    })

    app.get('/v1/redrives', { schema: listSchema }, async ({ query }, reply) => {
      const { pageSize, pageToken } = query
      const position = { pageSize, ...(pageToken === undefined ? {} : { pageToken }) }
      const page = await orUnavailable(redrives.list(position)).catch(badPageToken)
      return reply.send({ ...page, items: page.items.map(toRedrive) })
    })

    app.get('/v1/redrives/:id', { schema: readSchema }, async ({ params }, reply) => {
      const found = await orUnavailable(redrives.read(params.id))
      if (!found) throw notFound()
      return reply.send(toRedrive(found.redrive))
    })

    for (const action of ['pause', 'resume', 'cancel'] as const) {
      const url = `/v1/redrives/:id([^:]+)::${action}` as const
      app.post(url, { schema: ACTIONS[action] }, async (request, reply) => {
        const by = callerOf(deps, request)
        const acted = await orUnavailable(requestRedrive.act(request.params.id, action, by))
        if (acted.kind === 'not-found') throw notFound()
        if (acted.kind === 'ended') throw new ProblemError('redrive-ended')
        hub.publish('redrive', () => toRedrive(acted.redrive))
        return reply.send(toRedrive(acted.redrive))
      })
    }
  }
