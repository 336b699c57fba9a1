import type { IntegrationSettings, IntegrationState } from '@mensageria/core'
import { variablesOf as namesOf } from '@mensageria/contracts'
import { ConfigError, isLoopback, isNear, requiredCredentials, type Env } from '@mensageria/runtime'

/** What decides for whom a simulator answers. */
export type SimulationFacts = {
  /** The list; `simulated` where SIMULATE names the integration. */
  integrations: readonly IntegrationSettings[]
  env: Env
  host: string
}

/** The integrations with `simulated` where a simulator answers; `isTrial` where nobody asked for that. */
export type Simulation = { integrations: readonly IntegrationSettings[]; isTrial: boolean }

const phrase = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
const areNot = (names: readonly string[]): string => (names.length === 1 ? 'is not' : 'are not')

const variablesOf = ({ name }: { name: string }): string[] => {
  const { url, token } = namesOf(name)
  return [url, token]
}

// What must be set for a system: its address, and the credential that its authentication takes.
const requiredOf = ({ name, authentication }: IntegrationSettings, env: Env): string[] => [
  namesOf(name).url,
  ...requiredCredentials(name, { row: authentication, env }),
]

// The name of a system in the name of a variable, with a slip or without: somebody has a real one in mind.
const isMeantFor = (variable: string, integration: { name: string }): boolean => {
  const words = `_${variable.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_`
  const system = `_${integration.name.toUpperCase().replaceAll('-', '_')}_`
  return words.includes(system) || variablesOf(integration).some((own) => isNear(variable, own))
}

const orSimulate = (names: readonly string[]): string =>
  `or say SIMULATE=${names.join(',')}, and a simulator takes the deliveries`

// One sentence: what is missing, what is there instead, what to do.
const refuse = (missing: readonly IntegrationSettings[], { integrations, env }: SimulationFacts): never => {
  const isEmpty = (variable: string) => env[variable] === ''
  const variables = missing.flatMap((one) => requiredOf(one, env).filter((variable) => !env[variable]))
  const known = new Set(integrations.flatMap(({ name }) => Object.values(namesOf(name))))
  const meant = Object.keys(env).filter(
    (variable) => !known.has(variable) && missing.some((one) => isMeantFor(variable, one)),
  )
  const why = [
    ...variables.filter(isEmpty).map((variable) => `${variable} is empty`),
    ...meant.map((variable) => `${variable} is, which nothing reads`),
  ]
  throw new ConfigError(
    `${phrase(variables)} ${areNot(variables)} set${why.length === 0 ? '' : ` (${why.join('; ')})`}: set ` +
      `${variables.length === 1 ? 'it' : 'them'}, ${orSimulate(missing.map(({ name }) => name))}`,
  )
}

const isSimulatedWithout = (settings: IntegrationSettings, env: Env): boolean =>
  !settings.destination && !settings.simulated && requiredOf(settings, env).some((variable) => !env[variable])

/**
 * Decides for whom a simulator answers: those that SIMULATE names, or all where nothing real is configured at all (a
 * destination is real), on this machine alone. Throws ConfigError, which names what is missing, where a system has no address:
 * no slip of the keyboard may have its deliveries taken by a simulator.
 */
export const decideSimulated = (facts: SimulationFacts): Simulation => {
  const { integrations, env, host } = facts
  const missing = integrations.filter((settings) => isSimulatedWithout(settings, env))
  if (missing.length === 0) return { integrations, isTrial: false }
  const isSaid = Boolean(env['SIMULATE'])
  const isMeant = Object.keys(env).some((variable) =>
    integrations.some((settings) => isMeantFor(variable, settings)),
  )
  const isReal = integrations.some(({ destination }) => destination !== undefined)
  if (isSaid || isMeant || isReal) return refuse(missing, facts)
  if (!isLoopback(host)) {
    const variables = integrations.map(({ name }) => namesOf(name).url)
    throw new ConfigError(
      `HOST is ${host}, which others reach, and ${phrase(variables)} are not set: set them with their tokens, ` +
        orSimulate(['1']),
    )
  }
  return { integrations: integrations.map((one) => ({ ...one, simulated: true })), isTrial: true }
}

/**
 * Throws ConfigError where a trial forgets what the data says: that a real system got deliveries. The file with the addresses
 * was not read, then.
 */
export const requireNoReal = (
  { integrations, isTrial }: Simulation,
  known: ReadonlyMap<string, IntegrationState>,
): void => {
  if (!isTrial) return
  const forgotten = integrations.filter(({ name }) => known.get(name)?.real !== undefined)
  if (forgotten.length === 0) return
  const variables = forgotten.flatMap(variablesOf)
  throw new ConfigError(
    `${phrase(variables)} are not set, but this data was delivered to ${phrase(forgotten.map(({ name }) => name))} ` +
      `before: set them (is the file read that has them?), ${orSimulate(['1'])}`,
  )
}
