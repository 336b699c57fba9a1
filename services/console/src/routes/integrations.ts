import { Integration, IntegrationCheck, ReasonBody } from '@mensageria/contracts'
import type { IntegrationSettings } from '@mensageria/core'
import { callerIdOf, json, orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'
import { createShowIntegrations } from '../show-integrations.ts'

const Params = z.object({
  name: z.string().meta({ description: 'Name of the integration', example: 'erp' }),
})
const Integrations = z.object({ items: z.array(Integration) }).meta({ id: 'Integrations' })
const tags = ['Integrations']

const listSchema = {
  summary: 'See how every integration fares',
  tags,
  response: { 200: json('All of them', Integrations), 503: problem('unavailable') },
}

const readSchema = {
  summary: 'See how one integration fares',
  tags,
  params: Params,
  response: {
    200: json('The integration', Integration),
    404: problem('not-found'),
    503: problem('unavailable'),
  },
}

const checkSchema = {
  summary: 'Ask a destination whether it is there',
  description: 'Connects and signs in, and looks for its target; nothing is delivered.',
  tags,
  params: Params,
  response: {
    200: json('What was found', IntegrationCheck),
    404: problem('not-found'),
  },
}

// A broker that answers nothing must not keep who asks.
const CHECK_MS = 10_000

const writeSchema = (summary: string, description: string) => ({
  summary,
  description,
  tags,
  params: Params,
  body: ReasonBody,
  response: {
    200: json('The integration as it is now; again it changes nothing', Integration),
    400: problem('invalid-request'),
    404: problem('not-found'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    503: problem('unavailable'),
  },
})

const WRITES = {
  pause: writeSchema(
    'Pause an integration',
    'No calls until it is resumed; calls in flight finish. What the broker gives up meanwhile is kept.',
  ),
  resume: writeSchema('Resume an integration', 'What was kept meanwhile comes back by itself.'),
} as const

const named = (integrations: readonly IntegrationSettings[], name: string): IntegrationSettings => {
  const found = integrations.find((settings) => settings.name === name)
  if (!found) throw new ProblemError('not-found', { detail: 'There is no integration with this name' })
  return found
}

/** GET /v1/integrations, GET /v1/integrations/{name}, POST /v1/integrations/{name}:pause, :resume and :check */
export const integrationRoutes =
  (deps: ConsoleDeps): AppPlugin =>
  (app) => {
    const { operations, integrations, hub, checks } = deps
    const showAll = createShowIntegrations(deps)
    const show = async (settings: IntegrationSettings): Promise<Integration> => {
      const [shown] = await showAll([settings])
      if (!shown) throw new Error('An integration that is asked for is shown')
      return shown
    }

    app.get('/v1/integrations', { schema: listSchema }, async (_request, reply) =>
      reply.send({ items: await orUnavailable(showAll(integrations)) }),
    )
    app.get('/v1/integrations/:name', { schema: readSchema }, async ({ params }, reply) =>
      reply.send(await orUnavailable(show(named(integrations, params.name)))),
    )
    app.post('/v1/integrations/:name([^:]+)::check', { schema: checkSchema }, async ({ params }, reply) => {
      const check = checks?.get(named(integrations, params.name).name)
      if (!check) return reply.send({ state: 'unchecked' })
      const found = await check(AbortSignal.timeout(CHECK_MS))
      if (!found) return reply.send({ state: 'there' })
      const { kind, cause, message } = found
      return reply.send({ state: 'failing', failure: { kind, cause, message } })
    })
    for (const action of ['pause', 'resume'] as const) {
      const url = `/v1/integrations/:name([^:]+)::${action}` as const
      app.post(url, { schema: WRITES[action] }, async (request, reply) => {
        const settings = named(integrations, request.params.name)
        const asked = { actor: callerIdOf(request), reason: request.body.reason }
        const changed = await orUnavailable(operations.pauses[action](settings.name, asked))
        const shown = await orUnavailable(show(settings))
        if (changed) hub.publish('integration', () => shown)
        return reply.send(shown)
      })
    }
  }
