import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decideFault } from './dials.ts'
import { parseIdempotencyKey } from './effect-log.ts'
import { answerInFront, spoilAnswer } from './faults.ts'
import { parseJson } from './parse-json.ts'
import type { SystemState } from './system-state.ts'
import type { HttpResult, Call } from './system.ts'
import { refusal } from './system.ts'

type RequestShape = { Params: { id?: string }; Querystring: { externalId?: unknown } }
type Request = FastifyRequest<RequestShape>
type Handle = (call: Call) => HttpResult

const UNAUTHORIZED = refusal(401, 'unauthorized', 'Send Authorization: Bearer with the right token')

// Like a gateway's: no code, because a 404 with { code, message } is how a system may refuse data.
const NO_SUCH_ROUTE: HttpResult = { status: 404, body: { error: 'Not Found' } }

const header = (request: Request, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** The center that a request is about: writes say it in their key, a look-up in its query. */
const centerOf = (request: Request): string | undefined => {
  const { externalId } = request.query
  const key = header(request, 'idempotency-key')
  return (
    (key && parseIdempotencyKey(key)?.centerId) ?? (typeof externalId === 'string' ? externalId : undefined)
  )
}

/** Lets the system answer, unless it is a repeated write; logs the effect. */
const apply = (state: SystemState, handle: Handle, request: Request): HttpResult => {
  const key = request.method === 'GET' ? undefined : header(request, 'idempotency-key')
  // A key belongs to one operation: an update that found nothing is followed by a create under the same key.
  const scope = `${request.method} ${request.url} ${key}`
  const first = key !== undefined && state.dials.honorKeys ? state.firstAnswers.get(scope) : undefined
  if (first) return first
  const { body, query, params } = request
  const now = Date.now()
  const answer = handle({ id: params.id ?? '', query, body, dials: state.dials, now })
  if (key !== undefined) state.firstAnswers.set(scope, answer)
  if (answer.effect) {
    const traceparent = header(request, 'traceparent')
    state.effects.push({
      system: state.name,
      at: new Date(now).toISOString(),
      ...(key === undefined ? {} : { idempotencyKey: key, ...parseIdempotencyKey(key) }),
      ...answer.effect,
      ...(traceparent === undefined ? {} : { traceparent }),
    })
  }
  return answer
}

/** The whole way of a request: count it, wait, break it or let it through, break the answer or send it. */
const serve =
  (state: SystemState, random: () => number, handle: Handle) =>
  async (request: Request, reply: FastifyReply) => {
    // Ended before an answer leaves, because its client may send the next request before this one is seen to be closed.
    const end = state.traffic.begin(performance.now(), centerOf(request))
    reply.raw.once('close', end)
    const { dials } = state
    const { fault, next } = decideFault(dials, random())
    state.dials = next
    // Not a reason for the process to stay; and a slow system has its effect also when the client did not wait.
    if (dials.latencyMs > 0) await delay(dials.latencyMs, undefined, { ref: false })
    if (fault.when === 'before') {
      if (fault.mode !== 'hang') end()
      return answerInFront(fault.mode, reply, dials, `/simulator/redirect-target/${state.name}`)
    }
    const allowed = request.headers.authorization === `Bearer ${state.token}`
    const answer = allowed ? apply(state, handle, request) : UNAUTHORIZED
    if (fault.when === 'after') return spoilAnswer(fault.mode, reply, answer)
    end()
    return reply.code(answer.status).send(answer.body)
  }

/** The API of one system, with its token and its dials. */
export const systemPlugin = (state: SystemState, random: () => number) => async (app: FastifyInstance) => {
  // A body that is no JSON becomes none, so that each request reaches `serve`, where the dials are.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseJson(body),
  )
  app.addContentTypeParser('*', { parseAs: 'string' }, async () => undefined)
  for (const { method, url, handle } of state.system.routes) {
    app.route<RequestShape>({
      method,
      url,
      handler: serve(state, random, handle),
    })
  }
  app.setNotFoundHandler<RequestShape>(serve(state, random, () => NO_SUCH_ROUTE))
}
