import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { toError } from '../../base/is-error.ts'
import { ProblemError } from './problem-error.ts'
import { pathOf, sendProblem } from './send-problem.ts'
import { toFailure } from './to-failure.ts'

/** Answers an error as a problem document and writes the one line that a failed request gets. */
export const answerError = (
  error: unknown,
  request: Pick<FastifyRequest, 'url' | 'method' | 'log'> & { routeOptions: { url?: string | undefined } },
  reply: Pick<FastifyReply, 'code' | 'headers' | 'type' | 'send'>,
): void => {
  const { problem, headers } = toFailure(error, pathOf(request.url))
  // The route, not the path: a path can be anything, and a query can hold a CNPJ.
  const fields = { method: request.method, route: request.routeOptions.url, status: problem.status }
  if (problem.status >= 500) {
    request.log.error({ ...fields, err: toError(error) }, 'request.failed')
  } else {
    request.log.debug({ ...fields, type: problem.type }, 'request.refused')
  }
  sendProblem(reply, problem, headers)
}

const HOST = /^host$/i

/** One error handler for everything, and 404 for the rest, before a body is read. */
export const useProblems = (app: App): void => {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  app.setNotFoundHandler(() => {
    throw new ProblemError('not-found')
  })
  // Node's own check is off, because its answer is no problem document.
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const hosts = raw.rawHeaders.filter((name, index) => index % 2 === 0 && HOST.test(name)).length
    const fits = hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0')
    done(fits ? undefined : new ProblemError('invalid-request', { detail: 'Send one Host header' }))
  })
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    done(request.is404 ? new ProblemError('not-found') : undefined)
  })
}
