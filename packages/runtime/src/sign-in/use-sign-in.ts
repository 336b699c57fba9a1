import { Me } from '@mensageria/contracts'
import type { FastifyRequest } from 'fastify'
import type { App } from '../http/app.ts'
import { isFromOtherSite, READS } from '../http/callers/other-sites.ts'
import type { CountRequest } from '../http/callers/rate-limit.ts'
import { ProblemError } from '../http/errors/problem-error.ts'
import { json, problem } from '../http/responses.ts'
import { LOCAL_CALLER, type Caller } from './caller.ts'
import type { SignIn } from './load-sign-in.ts'
import { rolesOf } from './roles.ts'

const SEND_TOKEN = 'Send an ID token of a Google account that is for this service'
const SEND_TWICE =
  'Send the ID token in X-Serverless-Authorization too: Cloud Run takes the signature off the one that it checks'

const accessOf = ({ routeOptions, method }: FastifyRequest) =>
  routeOptions.config?.access ?? (READS.has(method) ? 'read' : 'operate')

const refuseOtherSites = ({ method, headers }: FastifyRequest, signIn: SignIn): void => {
  const allowed = signIn.kind === 'none' ? signIn.allowedHosts : []
  if (!isFromOtherSite({ method, headers, allowed })) return
  throw new ProblemError('forbidden', { detail: 'Not from a page of another site' })
}

const callerOf = async (
  request: FastifyRequest,
  signIn: SignIn,
  count: CountRequest | undefined,
): Promise<Caller> => {
  if (signIn.kind === 'none') return LOCAL_CALLER
  const verified = await signIn.verify(request.headers)
  if (!verified.ok) {
    // By its address, and before there is a line of it: guessing must not be free.
    await count?.(request)
    const { reason } = verified
    request.log.warn({ reason }, 'request.unauthenticated')
    const detail = reason === 'signature-removed' ? SEND_TWICE : SEND_TOKEN
    throw new ProblemError('unauthenticated', { detail }, { 'www-authenticate': 'Bearer' })
  }
  const { email, domain } = verified
  return { id: email, signedIn: true, roles: rolesOf(email, domain, signIn.roles) }
}

const schema = {
  summary: 'See who asks',
  description: 'The account that signed in and its roles; `local` with every role where nobody signs in.',
  tags: ['Sign-in'],
  response: { 200: json('Who asks', Me) },
}

// Every route of the API can answer these two: the document says so, and no route must.
const documentAnswers = (app: App): void => {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/v1/') || !route.schema || 'hide' in route.schema) return
    const response: unknown = route.schema.response
    if (typeof response !== 'object') return
    const answers = { 401: problem('unauthenticated'), 403: problem('forbidden') }
    route.schema = { ...route.schema, response: { ...response, ...answers } }
  })
}

/**
 * Asks every caller who they are before anything else is done, counts the request for them, and lets them do what their
 * roles allow: 401, 403 and 429 as problem documents. `GET /v1/me` shows it. Call it before any route is registered.
 */
export const useSignIn = (app: App, signIn: SignIn, count?: CountRequest): void => {
  app.decorateRequest('caller', undefined)
  documentAnswers(app)
  app.addHook('onRequest', async (request) => {
    refuseOtherSites(request, signIn)
    const access = accessOf(request)
    if (access === 'everybody') return
    const caller = await callerOf(request, signIn, count)
    request.caller = caller
    await count?.(request)
    if (access === 'signed-in' || caller.roles.includes(access)) return
    throw new ProblemError('forbidden', { detail: `This needs the role ${access}` })
  })
}

/** `GET /v1/me`; for everybody who is signed in, also without a role. */
export const addMeRoute = (app: App): void => {
  app.get('/v1/me', { schema, config: { access: 'signed-in' } }, async (request, reply) => {
    const { id, signedIn, roles } = request.caller ?? LOCAL_CALLER
    return reply.send({ id, signedIn, roles: [...roles] })
  })
}
