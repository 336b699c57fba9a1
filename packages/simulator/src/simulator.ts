import { randomBytes } from 'node:crypto'
import { variablesOf } from '@mensageria/contracts'
import { answerClientError, answerUnusual, createLogger } from '@mensageria/runtime/process'
import Fastify from 'fastify'
import { controlPlugin, resetAll } from './control/control-plugin.ts'
import { Dials } from './dials.ts'
import type { DialsInput } from './dials.ts'
import type { Effect } from './effect-log.ts'
import { systemPlugin } from './system-plugin.ts'
import { createSystemState, summarize, summarizeAll } from './system-state.ts'
import type { SystemState, SystemSummary } from './system-state.ts'
import type { CreateSystem } from './system.ts'

export type SimulatorOptions = {
  /** What it plays, by name: `loadSystems` finds it in the folders of the integrations. */
  systems: Readonly<Record<string, CreateSystem>>
  /** 0 (the default) takes a free one. */
  port?: number
  /** Tokens that are not given are made at random. */
  tokens?: Readonly<Record<string, string>>
  logLevel?: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Decides whom a `share` below 1 hits; a seeded one makes a run repeatable. */
  random?: () => number
}

/** A running simulator; what is asked of a system that it does not play throws. Over HTTP other processes can do the same. */
export type Simulator = {
  url: string
  /** The systems that it plays. */
  names: readonly string[]
  /** Base URL of a system, without a slash at its end. */
  urlOf: (system: string) => string
  tokenOf: (system: string) => string
  /** The variables that lead each integration to its system here. */
  env: Readonly<Record<string, string>>
  setDials: (system: string, dials: DialsInput) => Dials
  dials: (system: string) => Dials
  effects: (system: string) => readonly Effect[]
  summaryOf: (system: string) => SystemSummary
  summary: () => Record<string, SystemSummary>
  /** Everything that the system holds: what the applied effects add up to. */
  records: (system: string) => unknown[]
  reset: () => void
  /** Stops at once; requests that hang lose their connection. */
  close: () => Promise<void>
}

// Until a request must have arrived whole.
const REQUEST_MS = 30_000

const createApp = (level: NonNullable<SimulatorOptions['logLevel']>) => {
  const app = Fastify({
    loggerInstance: createLogger({ level, service: 'simulator' }),
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    clientErrorHandler: answerClientError,
  })
  answerUnusual(app.server)
  return app
}

/** Starts the systems on one port of the loopback address, each below a path of its own name. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { systems, port = 0, logLevel = 'silent', random = Math.random } = options
  const states = new Map(
    Object.entries(systems).map(([name, create]): [string, SystemState] => [
      name,
      createSystemState({
        name,
        system: create(),
        token: options.tokens?.[name] ?? randomBytes(24).toString('base64url'),
      }),
    ]),
  )
  const stateOf = (system: string): SystemState => {
    const state = states.get(system)
    if (!state)
      throw new Error(`The simulator does not play ${system}: it plays ${[...states.keys()].join(', ')}`)
    return state
  }

  const app = createApp(logLevel)
  await app.register(controlPlugin(states), { prefix: '/simulator' })
  for (const state of states.values())
    await app.register(systemPlugin(state, random), { prefix: `/${state.name}` })
  const url = await app.listen({ port, host: '127.0.0.1' })

  const urlOf = (system: string) => `${url}/${stateOf(system).name}`
  return {
    url,
    names: [...states.keys()],
    urlOf,
    tokenOf: (system) => stateOf(system).token,
    env: Object.fromEntries(
      [...states.values()].flatMap(({ name, token }) => [
        [variablesOf(name).url, urlOf(name)],
        [variablesOf(name).token, token],
      ]),
    ),
    setDials: (system, dials) => (stateOf(system).dials = Dials.parse(dials)),
    dials: (system) => stateOf(system).dials,
    effects: (system) => stateOf(system).effects,
    summaryOf: (system) => summarize(stateOf(system)),
    summary: () => summarizeAll(states),
    records: (system) => stateOf(system).system.records(),
    reset: () => resetAll(states),
    close: () => app.close(),
  }
}
