import helmet from '@fastify/helmet'
import { fastify } from 'fastify'
import type { App } from './app.ts'

const OPTIONS = {
  // An API shows nothing: a route with a page sets a policy of its own.
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // For browsers of the past, or without a meaning where no page is.
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
}

const NOT_HELMETS = new Set(['connection', 'content-length', 'content-type', 'date'])

/**
 * Sets helmet's headers on every answer. They never change, so helmet is asked once: run for each request it took a
 * third of the time of a small one (60 of 200 microseconds), as it sets them one by one on Node's own response.
 */
export const useSecurityHeaders = async (app: App): Promise<void> => {
  const probe = fastify()
  await probe.register(helmet, OPTIONS)
  probe.get('/', () => '')
  const answer = await probe.inject('/')
  await probe.close()
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !NOT_HELMETS.has(name)),
  )
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}
