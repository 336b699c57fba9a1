import { flushCompileCache } from 'node:module'
import { defined } from '@mensageria/contracts'
import { z } from 'zod'
import { loadConfig } from '../base/config.ts'
import { Port } from '../base/whole-number.ts'
import type { Env } from '../base/env.ts'
import { endGracefully } from './end-gracefully.ts'
import { explainStart } from './explain-start.ts'
import { writeLastWords } from '../logging/last-words.ts'
import { createLogger, type Logger } from '../logging/logger.ts'
import { isOnCloudRun, refuseEmulators } from '../base/cloud-run.ts'
import { useOutboundProxy } from '../base/outbound-proxy.ts'
import { tellUnknownVariables } from '../integration/tell-unknown-variables.ts'
import { openTracer } from '../tracing/open-tracer.ts'
import type { Tracer } from '../tracing/tracer.ts'

/** Configuration that every process of the Google Cloud engine has. */
export const CloudConfig = z.object({
  PORT: Port.default(8080),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** The project of the stores, and of traces in log lines. */
  GOOGLE_CLOUD_PROJECT: z.string().min(1).describe('the id of the Google Cloud project'),
  /** `(default)` unless set. */
  FIRESTORE_DATABASE: z.string().min(1).optional(),
})
export type CloudConfig = z.output<typeof CloudConfig>

/** What opens a store: the project and, where it is not the default one, the database. */
export type CloudStoreOptions = { projectId: string; databaseId?: string }

/** What a process is started with. `host` is every address on Cloud Run, and loopback on one machine. */
export type ProcessContext<Config> = {
  config: Config
  env: Env
  logger: Logger
  tracer: Tracer
  onCloudRun: boolean
  host: string
  store: CloudStoreOptions
}

/** A process that listens; `close` ends it in the reverse order of its start. */
export type StartedProcess = { url: string; close(): Promise<void> }

/**
 * Starts one process of the Google Cloud engine: parses its configuration, refuses emulators on Cloud Run, says when it is
 * ready, and drains on SIGTERM. Where it cannot start it says why in a sentence and ends with exit 1.
 */
export const startProcess = async <Config extends CloudConfig>(
  service: string,
  schema: z.ZodType<Config>,
  start: (context: ProcessContext<Config>) => Promise<StartedProcess>,
  env: Env = process.env,
): Promise<void> => {
  try {
    refuseEmulators(env)
    useOutboundProxy(env)
    const config = loadConfig(schema, env)
    const projectId = config.GOOGLE_CLOUD_PROJECT
    const databaseId = config.FIRESTORE_DATABASE
    const logger = createLogger({ level: config.LOG_LEVEL, service, projectId })
    const listFile: unknown = Reflect.get(config, 'INTEGRATIONS_FILE')
    tellUnknownVariables(env, { schema, logger, ...(typeof listFile === 'string' ? { listFile } : {}) })
    const tracer = await openTracer(env, { service, projectId, logger })
    const onCloudRun = isOnCloudRun(env)
    const store = defined({ projectId, databaseId })
    const host = onCloudRun ? '0.0.0.0' : '127.0.0.1'
    const started = await start({ config, env, logger, tracer, onCloudRun, host, store })
    endGracefully(logger, async () => {
      await started.close()
      await tracer.close()
    })
    logger.info({ url: started.url, host }, `${service} is ready: ${started.url}`)
    // A process that is killed would keep nothing of what it has compiled for the next start.
    flushCompileCache()
  } catch (error) {
    writeLastWords(`${service} did not start. ${explainStart(error)}\n`)
    process.exit(1)
  }
}
