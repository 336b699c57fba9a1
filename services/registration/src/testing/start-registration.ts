import { defined, type DistributionCenterEvent } from '@mensageria/contracts'
import { composeIntake } from '@mensageria/core'
import type { CenterStore, Clock, DeliveryRow, IntegrationSettings, Publisher } from '@mensageria/core'
import { openMemory } from '@mensageria/memory'
import { buildHttpApp, createLogger, type SignIn } from '@mensageria/runtime'
import type { LightMyRequestResponse } from 'fastify'
import { createRegistrationPlugin, REGISTRATION_BODY_LIMIT_BYTES } from '../registration-plugin.ts'

export const STARTED_AT = '2026-11-02T12:00:00.000Z'
export const OWN_TRACEPARENT = '00-11111111111111111111111111111111-2222222222222222-01'
export const CENTERS = '/v1/distribution-centers'

export type RegistrationOptions = {
  /** Methods that stand in for those of the store. */
  store?: Partial<CenterStore>
  publisher?: Publisher
  /** Whether the time that publishing may take is over at once. */
  publishTimeIsUp?: boolean
  rows?: DeliveryRow[]
  integrations?: IntegrationSettings[]
  /** How callers are known; nobody signs in unless given. */
  signIn?: SignIn
}

const createTestClock = (publishTimeIsUp: boolean) => {
  let now = Date.parse(STARTED_AT)
  return {
    now: () => now,
    monotonic: () => now,
    sleep: () => (publishTimeIsUp ? Promise.resolve() : new Promise<void>(() => {})),
    advance: (ms: number) => {
      now += ms
    },
  } satisfies Clock & { advance(ms: number): void }
}

/** The registration API over a store in memory, with a clock that stands until it is advanced. */
export const startRegistration = async (options: RegistrationOptions = {}) => {
  const clock = createTestClock(options.publishTimeIsUp ?? false)
  const published: DistributionCenterEvent[] = []
  const logged: string[] = []
  const { integrations = [], rows = [], store, signIn } = options
  const engine = openMemory({ integrations, clock })
  for (const row of rows) engine.given.row(row)
  const centers: CenterStore = { ...engine.centers, ...store }
  const publisher = options.publisher ?? { publish: async (event) => void published.push(event) }
  let requests = 0
  const ids = {
    next: () => `request-${++requests}`,
    traceparent: () => OWN_TRACEPARENT,
    random: () => 0.5,
    digest: () => '',
  }
  const plugin = createRegistrationPlugin({
    centers,
    ledger: engine.ledger,
    identity: engine.identity,
    ...composeIntake({ centers }, { publisher, clock, ids }),
    ids,
    integrations,
  })
  const app = await buildHttpApp({
    logger: createLogger({
      level: 'error',
      service: 'registration',
      destination: { write: (line: string) => void logged.push(line) },
    }),
    bodyLimitBytes: REGISTRATION_BODY_LIMIT_BYTES,
    ...defined({ signIn }),
    openapi: { title: 'Registration', version: '1', description: 'Registers distribution centers' },
    plugins: [plugin],
  })
  return {
    app,
    clock,
    centers,
    published,
    logged,
    post: (
      payload: object | string | Buffer,
      headers: Record<string, string> = {},
    ): Promise<LightMyRequestResponse> =>
      app.inject({
        method: 'POST',
        url: CENTERS,
        payload,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    put: (
      id: string,
      payload: object,
      headers: Record<string, string> = {},
    ): Promise<LightMyRequestResponse> =>
      app.inject({ method: 'PUT', url: `${CENTERS}/${id}`, payload, headers }),
    get: (path: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> =>
      app.inject({ method: 'GET', url: `${CENTERS}${path}`, headers }),
    [Symbol.asyncDispose]: () => app.close(),
  }
}
