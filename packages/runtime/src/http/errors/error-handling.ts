import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { toError } from '../../base/is-error.ts'
import { hasOneHost } from '../callers/request-target.ts'
import { METHODS } from '../method-guard.ts'
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

const KNOWN: ReadonlySet<string> = new Set(METHODS)

const nowhere = ({ method, raw }: FastifyRequest): ProblemError => {
  if (!KNOWN.has(method)) return new ProblemError('method-not-allowed', {}, { allow: METHODS.join(', ') })
  const isPath = raw.url?.startsWith('/') === true
  return isPath
    ? new ProblemError('not-found')
    : new ProblemError('invalid-request', { detail: 'Send a path' })
}

/** One error handler for everything, and 404 for the rest, before a body is read. */
export const useProblems = (app: App): void => {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  app.setNotFoundHandler(() => {
    throw new ProblemError('not-found')
  })
  // Node's own check is off, because its answer is no problem document.
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    done(
      hasOneHost(raw) ? undefined : new ProblemError('invalid-request', { detail: 'Send one Host header' }),
    )
  })
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    done(request.is404 ? nowhere(request) : undefined)
  })
}
