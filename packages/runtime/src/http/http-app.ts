import { randomUUID } from 'node:crypto'
import { fastify, LogController } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerClientError } from './errors/answer-client-error.ts'
import { answerUnusual } from './errors/answer-unusual.ts'
import type { App, AppPlugin } from './app.ts'
import { useClosing } from './closing.ts'
import { answerError, useProblems } from './errors/error-handling.ts'
import { addHealthRoutes } from './health-routes.ts'
import { validatorCompiler } from './errors/invalid-request-error.ts'
import { useStrictJson } from './json-parser.ts'
import type { Logger } from '../logging/logger.ts'
import { createMethodGuard } from './method-guard.ts'
import { addOpenApiRoutes, collectOpenApi, type OpenApiInfo } from './open-api.ts'
import { openRateLimit } from './callers/rate-limit.ts'
import { useHostCheck } from './callers/host-check.ts'
import type { AllowedHosts } from './callers/allowed-hosts.ts'
import { pathOfTarget } from './callers/request-target.ts'
import { useSecurityHeaders } from './security-headers.ts'
import type { SignIn } from '../sign-in/load-sign-in.ts'
import { addMeRoute, useSignIn } from '../sign-in/use-sign-in.ts'
import { useRequestSpans } from '../tracing/trace-requests.ts'
import { noTracer, type Tracer } from '../tracing/tracer.ts'

export type HttpAppOptions = {
  logger: Logger
  bodyLimitBytes: number
  /** Requests a second that one caller may make; no limit unless given. */
  rateLimit?: { perSecond: number }
  /** The proxies whose X-Forwarded-For is believed; none unless given. */
  trustedProxies?: readonly string[]
  /**
   * Names by which this process may be asked besides its own: anything else gets 421. Where nobody signs in they come with
   * the sign-in; a process that is asked by anybody on this machine gives them itself.
   */
  allowedHosts?: AllowedHosts
  /** Shows the generated document and the reference page. */
  openapi?: OpenApiInfo
  /** Whether this process should get requests; asked by `GET /health/ready`. */
  ready?: () => boolean | Promise<boolean>
  /** The systems for which a simulator answers, shown by `GET /health/ready`. */
  simulated?: readonly string[]
  /** Makes a span of each request of the API; none unless given. */
  tracer?: Tracer
  /** Who may call: asked of every request but those for health. A process without it has its own checks. */
  signIn?: SignIn
  plugins: readonly AppPlugin[]
}

// A request must have arrived whole after 30 s, its head after 15 s; an answer may take longer than any handler of ours
// (45 s). A kept connection outlives the idle time of usual load balancers (60 s), or they meet closed ones.
const TIMEOUTS = {
  requestTimeout: 30_000,
  connectionTimeout: 120_000,
  keepAliveTimeout: 75_000,
  http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
} as const

const PARAM_LENGTH_MAX = 256

const createServer = ({ logger, bodyLimitBytes, tracer, trustedProxies }: HttpAppOptions): App =>
  fastify({
    ...TIMEOUTS,
    loggerInstance: logger,
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies ? [...trustedProxies] : false,
    // A whole address means what its path does.
    rewriteUrl: ({ url = '/' }) => pathOfTarget(url),
    genReqId: () => randomUUID(),
    childLoggerFactory: (parent, bindings, options, request) => {
      // With tracing on the lines of a request carry its own span instead.
      const traceparent = tracer?.enabled === true ? undefined : request.headers['traceparent']
      return parent.child(traceparent === undefined ? bindings : { ...bindings, traceparent }, options)
    },
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    allowErrorHandlerOverride: false,
    // Off: its answer is no problem document. `useClosing` does it.
    return503OnClosing: false,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()

// Where somebody signs in, no name of ours lets a page of another site do anything.
const hostsOf = ({ allowedHosts, signIn }: HttpAppOptions): AllowedHosts | undefined =>
  signIn?.kind === 'none' ? signIn.allowedHosts : allowedHosts

/** Builds the server with everything that all of ours share: registered and ready, not listening. */
export const buildHttpApp = async (options: HttpAppOptions): Promise<App> => {
  const app = createServer(options)
  answerUnusual(app.server)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  useRequestSpans(app, options.tracer ?? noTracer)
  await useSecurityHeaders(app)
  useClosing(app)
  useProblems(app)
  useStrictJson(app)
  const allowedHosts = hostsOf(options)
  if (allowedHosts) useHostCheck(app, allowedHosts)
  const count = options.rateLimit && (await openRateLimit(app, options.rateLimit))
  if (options.signIn) useSignIn(app, options.signIn, count)
  else if (count) app.addHook('onRequest', count)
  if (options.openapi) await collectOpenApi(app, options.openapi)
  const guardMethods = createMethodGuard(app)
  addHealthRoutes(app, options.ready ?? (() => true), options.simulated)
  if (options.openapi) addOpenApiRoutes(app, options.openapi)
  if (options.signIn) addMeRoute(app)
  for (const plugin of options.plugins) await app.register(async (scope: App) => plugin(scope))
  guardMethods()
  await app.ready()
  return app
}
