import { defined, FailureGroup, FailureNote, FailureNoteBody, isoTime, text } from '@mensageria/contracts'
import { believedGroup } from '@mensageria/core'
import { callerIdOf, json, orUnavailable, problem, ProblemError } from '@mensageria/runtime'
import type { AppPlugin } from '@mensageria/runtime'
import { z } from 'zod'
import type { ConsoleDeps } from '../console-deps.ts'

const Groups = z.object({ items: z.array(FailureGroup) }).meta({ id: 'FailureGroups' })
const Params = z.object({
  integration: z.string().meta({ description: 'Name of the integration', example: 'erp' }),
  cause: text(200).meta({ description: 'The cause, as its group shows it', example: 'http-503' }),
})
const tags = ['Deliveries']

const listSchema = {
  summary: 'See what fails, by cause',
  description: 'The causes with most deliveries first.',
  tags,
  querystring: z.strictObject({ integration: text(31).optional() }),
  response: { 200: json('All groups', Groups), 400: problem('invalid-request'), 503: problem('unavailable') },
}

const noteSchema = {
  summary: 'Say who looks after a failure, and what others should know',
  description:
    'Replaces what was there. It stays while nothing fails for this cause, and is shown when it comes again.',
  tags,
  params: Params,
  body: FailureNoteBody,
  response: {
    200: json('As it is now', FailureNote),
    400: problem('invalid-request'),
    404: problem('not-found'),
    413: problem('content-too-large'),
    415: problem('unsupported-media-type'),
    503: problem('unavailable'),
  },
}

/** GET /v1/failure-groups, PUT /v1/failure-groups/{integration}/{cause} */
export const failureGroupRoutes =
  ({ engine, operations, integrations, clock }: ConsoleDeps): AppPlugin =>
  (app) => {
    const { stats, notes } = engine
    const names = integrations.map(({ name }) => name)

    app.get('/v1/failure-groups', { schema: listSchema }, async ({ query }, reply) => {
      const asked = names.filter((name) => query.integration === undefined || query.integration === name)
      const [groups, written] = await orUnavailable(
        Promise.all([stats.failureGroups(asked), notes.of(asked)]),
      )
      const now = clock.now()
      const believed = groups.map((group) => believedGroup(group, now))
      const items = believed.map((group) => ({
        ...written.find(
          ({ integration, cause }) => integration === group.integration && cause === group.cause,
        ),
        ...group,
        firstAt: isoTime(group.firstAt),
        lastAt: isoTime(group.lastAt),
      }))
      return reply.send({ items })
    })

    app.put('/v1/failure-groups/:integration/:cause', { schema: noteSchema }, async (request, reply) => {
      const { integration, cause } = request.params
      if (!names.includes(integration))
        throw new ProblemError('not-found', { detail: 'There is no integration with this name' })
      const written = defined({ integration, cause, ...request.body })
      await orUnavailable(operations.annotateFailures(written, callerIdOf(request)))
      return reply.send(written)
    })
  }
