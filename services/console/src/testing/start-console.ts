import {
  blankRow,
  composeOperations,
  type DeliveryRow,
  type Engine,
  type IntegrationSettings,
} from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import {
  buildHttpApp,
  createLogger,
  createSystemClock,
  createSystemIds,
  type SignIn,
} from '@mensageria/runtime'
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

/** A sign-in that knows everybody as one person, who may do everything. */
const signedInAs = (email: string): SignIn => ({
  kind: 'google',
  roles: { read: [email], register: [email], operate: [email] },
  verify: async () => ({ ok: true, email }),
})

/** Methods that stand in for those of the engine. */
type StandIns = {
  search?: Partial<Engine['search']>
  stats?: Partial<Engine['stats']>
  redrives?: Partial<Engine['redrives']>
}

export type ConsoleOptions = Partial<Omit<ConsoleDeps, 'engine' | 'operations'>> & {
  standIns?: StandIns
  /** Who asks; nobody signs in unless given. */
  caller?: string
  /** What the list says of maas beside the usual. */
  maas?: Partial<IntegrationSettings>
}

type RowOptions = { integration?: string; cause?: string; at?: number }

/** The operations API over an engine in memory. */
export const startConsole = async ({ standIns = {}, caller, maas = {}, ...options }: ConsoleOptions = {}) => {
  const integrations: IntegrationSettings[] = [
    { name: 'maas', ...SETTINGS, ...maas },
    { name: 'dmitri', ...SETTINGS },
  ]
  const engine = openEmbedded({
    dataDir: ':memory:',
    subscriptions: integrations,
    onError: (error) => {
      throw error
    },
  })
  const { audit, ledger, centers } = engine
  const [clock, ids, hub] = [createSystemClock(), createSystemIds(), createEventHub()]
  const shown = {
    ...engine,
    search: { ...engine.search, ...standIns.search },
    stats: { ...engine.stats, ...standIns.stats },
    redrives: { ...engine.redrives, ...standIns.redrives },
  }
  const operations = composeOperations(shown, { integrations, clock, ids })
  const app = await buildHttpApp({
    logger: createLogger({ level: 'silent', service: 'console' }),
    bodyLimitBytes: 64 * 1024,
    ...(caller === undefined ? {} : { signIn: signedInAs(caller) }),
    openapi: { title: 'Console', version: '1', description: 'Operations' },
    plugins: [
      createConsolePlugin({ engine: shown, operations, integrations, hub, settleMs: 0, clock, ...options }),
    ],
  })
  return {
    app,
    engine,
    integrations,
    hub,
    /** Accepts sample center `n`, and puts its row at an integration where a state is given. */
    put: async (n: number, state?: DeliveryRow['state'], given: RowOptions = {}): Promise<void> => {
      const { integration = 'maas', cause = 'http-503', at = Date.now() - 1000 } = given
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
    /** Ends the events of sample centers, as if each integration that was there had taken them up. */
    closeEvents: (some: readonly number[]) =>
      engine.outbox.close(
        some.map((n) => writeOf(n).event.id),
        Date.now(),
      ),
    /** What was done beside the registrations. */
    audited: async () =>
      (await audit.list({ pageSize: 50 })).items.filter(({ action }) => action !== 'center.register'),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      engine.close()
    },
  }
}
