import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from '../logging/logger.ts'

/** A Fastify server whose routes are typed by their zod schemas. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, Logger, ZodTypeProvider>

/** Registers the routes of one subject. */
export type AppPlugin = (app: App) => Promise<void> | void

declare module 'fastify' {
  interface FastifyRequest {
    /** The request's own span, from which what it causes goes on; undefined while tracing is off. */
    traceparent: string | undefined
  }
}
