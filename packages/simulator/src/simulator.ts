import { randomBytes } from 'node:crypto'
import { answerClientError, answerUnusual, createLogger } from '@mensageria/runtime/process'
import Fastify from 'fastify'
import { controlPlugin, resetAll } from './control/control-plugin.ts'
import { Dials } from './dials.ts'
import type { DialsInput } from './dials.ts'
import type { Effect } from './effect-log.ts'
import { forEachSystem, SystemName } from './system-name.ts'
import { systemPlugin } from './system-plugin.ts'
import { createSystemState, summarize } from './system-state.ts'
import type { SystemSummary } from './system-state.ts'

export type SimulatorOptions = {
  /** 0 (the default) takes a free one. */
  port?: number
  /** Tokens that are not given are made at random. */
  tokens?: Partial<Record<SystemName, string>>
  logLevel?: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Decides whom a `share` below 1 hits; a seeded one makes a run repeatable. */
  random?: () => number
}

/** A running simulator. What the functions do is also there over HTTP, for other processes. */
export type Simulator = {
  url: string
  /** Base URL of each system, without a slash at its end. */
  urls: Record<SystemName, string>
  tokens: Record<SystemName, string>
  setDials: (system: SystemName, dials: DialsInput) => Dials
  dials: (system: SystemName) => Dials
  effects: (system: SystemName) => readonly Effect[]
  summary: () => Record<SystemName, SystemSummary>
  /** Everything that the system holds: what the applied effects add up to. */
  records: (system: SystemName) => unknown[]
  reset: () => void
  /** Stops at once; requests that hang lose their connection. */
  close: () => Promise<void>
}

// Until a request must have arrived whole.
const REQUEST_MS = 30_000

/** Starts fake Senninha, MaaS and Dmitri on one port of the loopback address. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, logLevel = 'silent', random = Math.random } = options
  const tokens = forEachSystem((name) => options.tokens?.[name] ?? randomBytes(24).toString('base64url'))
  const states = forEachSystem(createSystemState)

  const loggerInstance = createLogger({ level: logLevel, service: 'simulator' })
  const app = Fastify({
    loggerInstance,
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    clientErrorHandler: answerClientError,
  })
  answerUnusual(app.server)
  await app.register(controlPlugin(states), { prefix: '/simulator' })
  for (const name of SystemName.options) {
    await app.register(systemPlugin(states[name], tokens[name], random), { prefix: `/${name}` })
  }
  const url = await app.listen({ port, host: '127.0.0.1' })

  return {
    url,
    urls: forEachSystem((name) => `${url}/${name}`),
    tokens,
    setDials: (system, dials) => (states[system].dials = Dials.parse(dials)),
    dials: (system) => states[system].dials,
    effects: (system) => states[system].effects,
    summary: () => forEachSystem((name) => summarize(states[name])),
    records: (system) => states[system].system.records(),
    reset: () => resetAll(states),
    close: () => app.close(),
  }
}
