import { variablesOf } from '@mensageria/contracts'
import { IntegrationsConfig } from '@mensageria/runtime'
import {
  ConfigError,
  findUnknownVariables,
  loadConfig,
  openLogOutput,
  Port,
  writeLastWords,
} from '@mensageria/runtime/process'
import { z } from 'zod'
import { listedSystems, startListedSimulator } from './listed.ts'

/** The process's configuration; tokens have no default, because nobody could know a random one. */
const Config = IntegrationsConfig.pick({ INTEGRATIONS_FILE: true }).extend({
  PORT: Port.default(8080),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
})

const refuse = (error: unknown): never => {
  const reason = error instanceof ConfigError ? error.message : String(error)
  writeLastWords(`The simulator did not start. ${reason}\n`)
  process.exit(1)
}

const start = async () => {
  const config = loadConfig(Config, process.env)
  const names = listedSystems(config)
  const Tokens = z.object(
    Object.fromEntries(names.map((name) => [variablesOf(name).token, z.string().min(1)])),
  )
  const values = loadConfig(Tokens, process.env)
  const tokens = Object.fromEntries(names.map((name) => [name, values[variablesOf(name).token] ?? '']))
  const known = [...Object.keys(Config.shape), ...Object.keys(Tokens.shape)]
  for (const { name, meant } of findUnknownVariables(process.env, known)) {
    writeLastWords(`${name} is set, but nothing reads it: ${meant} is the nearest that is read\n`)
  }
  return startListedSimulator(names, { port: config.PORT, logLevel: config.LOG_LEVEL, tokens })
}

const simulator = await start().catch(refuse)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close())
openLogOutput().write(`Simulator ready at ${simulator.url}\n`)
