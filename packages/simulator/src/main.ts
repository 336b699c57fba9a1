import {
  ConfigError,
  findUnknownVariables,
  loadConfig,
  openLogOutput,
  Port,
  writeLastWords,
} from '@mensageria/runtime/process'
import { z } from 'zod'
import { startSimulator } from './simulator.ts'

/** The process's configuration; tokens have no default, because nobody could know a random one. */
const Config = z.object({
  PORT: Port.default(8080),
  SENNINHA_TOKEN: z.string().min(1),
  MAAS_TOKEN: z.string().min(1),
  DMITRI_TOKEN: z.string().min(1),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
})

const refuse = (error: unknown): never => {
  const reason = error instanceof ConfigError ? error.message : String(error)
  writeLastWords(`The simulator did not start. ${reason}\n`)
  process.exit(1)
}

const load = (): z.output<typeof Config> => {
  try {
    return loadConfig(Config, process.env)
  } catch (error) {
    return refuse(error)
  }
}

const { PORT, SENNINHA_TOKEN, MAAS_TOKEN, DMITRI_TOKEN, LOG_LEVEL } = load()
for (const { name, meant } of findUnknownVariables(process.env, Object.keys(Config.shape))) {
  writeLastWords(`${name} is set, but nothing reads it: ${meant} is the nearest that is read\n`)
}
const simulator = await startSimulator({
  port: PORT,
  tokens: { senninha: SENNINHA_TOKEN, maas: MAAS_TOKEN, dmitri: DMITRI_TOKEN },
  logLevel: LOG_LEVEL,
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close())
openLogOutput().write(`Simulator ready at ${simulator.url}\n`)
