import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { ProblemError } from '../errors/problem-error.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import { asksForUs } from './decide-host.ts'
import { authorityOf } from './request-target.ts'

const DETAIL =
  'Ask by an address of this machine, by localhost, or by a name that ALLOWED_HOSTS of this service has'

// HTTP/1.0 knows no Host; every browser sends one.
const namesOf = ({ raw, originalUrl }: FastifyRequest): string[] =>
  [raw.headers.host, authorityOf(originalUrl)].filter((name) => name !== undefined)

/**
 * Answers 421 to requests by a name that is not ours: for where nobody signs in, so that no page of another site can read
 * or do anything here. What a proxy says in X-Forwarded-Host does not count, as anybody can write it.
 */
export const useHostCheck = (app: App, allowed: AllowedHosts): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const probe = request.routeOptions.config?.access === 'everybody'
    const reached = request.raw.socket.localAddress
    const isOurs = asksForUs({ names: namesOf(request), allowed, reached, probe })
    done(isOurs ? undefined : new ProblemError('misdirected-request', { detail: DETAIL }))
  })
}
