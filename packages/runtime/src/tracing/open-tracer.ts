import { defined } from '@mensageria/contracts'
import { z } from 'zod'
import { loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import type { Logger } from '../logging/logger.ts'
import { noTracer, type Tracer } from './tracer.ts'

const Config = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where traces are sent over OTLP, for example http://localhost:4318'),
})

export type OpenTracerOptions = { service: string; projectId?: string; logger: Logger }

// Google's own endpoint wants a token that is renewed; a collector wants nothing.
const GOOGLE = 'telemetry.googleapis.com'
const SCOPE = 'https://www.googleapis.com/auth/trace.append'

const createGoogleHeaders = async (projectId: string | undefined) => {
  const { GoogleAuth } = await import('google-auth-library')
  const auth = new GoogleAuth({ scopes: SCOPE })
  return async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await auth.getAccessToken()}`,
    ...defined({ 'x-goog-user-project': projectId }),
  })
}

/**
 * Opens tracing where OTEL_EXPORTER_OTLP_ENDPOINT says where to. A process without it loads nothing of OpenTelemetry: that
 * costs every cold start. Throws ConfigError.
 */
export const openTracer = async (
  env: Env,
  { service, projectId, logger }: OpenTracerOptions,
): Promise<Tracer> => {
  // OpenTelemetry says of its own variables that an empty one is none.
  if (env['OTEL_EXPORTER_OTLP_ENDPOINT'] === '') return noTracer
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = loadConfig(Config, env)
  if (endpoint === undefined) return noTracer
  const { createOpenTelemetryTracer } = await import('./open-telemetry.ts')
  return createOpenTelemetryTracer({
    endpoint,
    service,
    logger,
    ...defined({ projectId }),
    ...(new URL(endpoint).hostname === GOOGLE ? { headers: await createGoogleHeaders(projectId) } : {}),
  })
}
