import {
  blankRow,
  createAnnotateFailures,
  createDailyReport,
  createPauseIntegration,
  createRequestRedrive,
  type DeliveryRow,
} from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import { buildHttpApp, createLogger, createSystemClock, createSystemIds } from '@mensageria/runtime'
import { writeOf } from '@mensageria/testkit'
import type { ConsoleDeps } from '../console-deps.ts'
import { createConsolePlugin } from '../console-plugin.ts'
import { createEventHub } from '../event-hub.ts'

const SETTINGS = {
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: { minIntervalMs: 60_000, maxIntervalMs: 600_000, windowMax: 16, ratePerSecond: 200 },
  concurrencyMax: 32,
}

/** The id of sample center `n`. */
export const idOf = (n: number): string => writeOf(n).stored.center.id

type RowOptions = { integration?: string; cause?: string; at?: number }

/** The operations API over an engine in memory; `deps` stand in for parts of it. */
export const startConsole = async (deps: Partial<ConsoleDeps> = {}) => {
  const integrations = ['maas', 'dmitri'].map((name) => ({ name, ...SETTINGS }))
  const engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: integrations,
    onError: (error) => {
      throw error
    },
  })
  const { states, stats, daily, notes, search, redrives, unreadable, audit, ledger, centers } = engine
  const [clock, ids, hub] = [createSystemClock(), createSystemIds(), createEventHub()]
  const app = await buildHttpApp({
    logger: createLogger({ level: 'silent', service: 'console' }),
    bodyLimitBytes: 64 * 1024,
    openapi: { title: 'Console', version: '1', description: 'Operations' },
    plugins: [
      createConsolePlugin({
        integrations,
        states,
        stats,
        notes,
        search,
        redrives,
        audit,
        unreadable,
        hub,
        attempts: engine.attempts,
        clock,
        requestRedrive: createRequestRedrive({ redrives, search, audit, clock, ids, integrations }),
        pauseIntegration: createPauseIntegration({ states, audit, clock }),
        annotateFailures: createAnnotateFailures({ notes, audit, clock }),
        reportDaily: createDailyReport({ daily, stats, clock, integrations }),
        ...deps,
      }),
    ],
  })
  return {
    app,
    engine,
    integrations,
    hub,
    /** Accepts sample center `n`, and puts its row at an integration where a state is given. */
    put: async (n: number, state?: DeliveryRow['state'], options: RowOptions = {}): Promise<void> => {
      const { integration = 'maas', cause = 'http-503', at = Date.now() - 1000 } = options
      if (!(await centers.read(idOf(n)))) await centers.create(writeOf(n))
      if (!state) return
      const blank = { ...blankRow({ integration, centerId: idOf(n) }, 1, 't'), lastAttemptAt: at }
      const kind = state === 'rejected' ? ('rejected' as const) : ('transient' as const)
      const row =
        state === 'delivered' ? blank : { ...blank, lastFailure: { kind, cause, message: 'It said no', at } }
      await ledger.create(
        state === 'rejected' || state === 'delivered' ? { ...row, state } : { ...row, state, dueAt: at },
      )
    },
    get: async (path: string): Promise<{ status: number; body: unknown }> => {
      const answer = await app.inject({ method: 'GET', url: `/v1/${path}` })
      return { status: answer.statusCode, body: answer.json() }
    },
    post: async (path: string, payload?: object): Promise<{ status: number; body: unknown }> => {
      const answer = await app.inject({ method: 'POST', url: `/v1/${path}`, ...(payload ? { payload } : {}) })
      return { status: answer.statusCode, body: answer.json() }
    },
    write: async (path: string, payload: object): Promise<{ status: number; body: unknown }> => {
      const answer = await app.inject({ method: 'PUT', url: `/v1/${path}`, payload })
      return { status: answer.statusCode, body: answer.json() }
    },
    audited: async () => (await audit.list({ pageSize: 50 })).items,
    [Symbol.asyncDispose]: async () => {
      await app.close()
      engine.close()
    },
  }
}
