import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Dials } from '../dials.ts'
import { parseJson } from '../parse-json.ts'
import { loopbackOnly } from './loopback-only.ts'
import { resetSystemState, summarizeAll } from '../system-state.ts'
import type { SystemState } from '../system-state.ts'

const EffectsQuery = z.strictObject({ system: z.string().optional() })

type States = ReadonlyMap<string, SystemState>

const badRequest = (reply: FastifyReply, error: z.ZodError) =>
  reply.code(400).send({ code: 'invalid-request', message: z.prettifyError(error) })

const stateOf = (states: States, params: unknown): SystemState | undefined => {
  const parsed = z.object({ system: z.string() }).safeParse(params)
  return parsed.success ? states.get(parsed.data.system) : undefined
}

/** Brings every system back to the start. */
export const resetAll = (states: States): void => {
  for (const state of states.values()) resetSystemState(state)
}

/** What a test sets and asks; no token, because the simulator listens on the loopback address only. */
export const controlPlugin = (states: States) => async (app: FastifyInstance) => {
  const unknown = { code: 'unknown-system', message: `One of ${[...states.keys()].join(', ')}` }
  const notFound = (reply: FastifyReply) => reply.code(404).send(unknown)
  app.addHook('onRequest', loopbackOnly)
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseJson(body),
  )
  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/summary', async () => summarizeAll(states))

  app.get('/effects', async (request, reply) => {
    const query = EffectsQuery.safeParse(request.query)
    if (!query.success) return badRequest(reply, query.error)
    const { system } = query.data
    if (system !== undefined && !states.has(system)) return reply.code(400).send(unknown)
    const asked = [...states.values()].filter(({ name }) => (system ?? name) === name)
    return { items: asked.flatMap(({ effects }) => effects) }
  })

  app.get('/records/:system', async (request, reply) => {
    const state = stateOf(states, request.params)
    return state ? { items: state.system.records() } : notFound(reply)
  })

  app.get(
    '/dials/:system',
    async (request, reply) => stateOf(states, request.params)?.dials ?? notFound(reply),
  )

  app.put('/dials/:system', async (request, reply) => {
    const state = stateOf(states, request.params)
    if (!state) return notFound(reply)
    const dials = Dials.safeParse(request.body)
    if (!dials.success) return badRequest(reply, dials.error)
    state.dials = dials.data
    return state.dials
  })

  app.post('/reset', async (request, reply) => {
    // A type that no page may send elsewhere without asking first.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      return reply.code(415).send({ code: 'unsupported-media-type', message: 'Send application/json' })
    }
    resetAll(states)
    return reply.code(204).send()
  })

  app.all('/redirect-target/:system', async (request, reply) => {
    const state = stateOf(states, request.params)
    if (!state) return notFound(reply)
    state.redirectsFollowed += 1
    return {}
  })
}
