import { openLogOutput, writeLastWords } from '@mensageria/runtime/process'
import { z } from 'zod'
import { startSimulator } from './simulator.ts'

/** The process's configuration; tokens have no default, because nobody could know a random one. */
const Config = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  SENNINHA_TOKEN: z.string().min(1),
  MAAS_TOKEN: z.string().min(1),
  DMITRI_TOKEN: z.string().min(1),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('silent'),
})

const config = Config.safeParse(process.env)
if (!config.success) {
  writeLastWords(`The configuration is not valid:\n${z.prettifyError(config.error)}\n`)
  process.exit(1)
}

const { PORT, SENNINHA_TOKEN, MAAS_TOKEN, DMITRI_TOKEN, LOG_LEVEL } = config.data
const simulator = await startSimulator({
  port: PORT,
  tokens: { senninha: SENNINHA_TOKEN, maas: MAAS_TOKEN, dmitri: DMITRI_TOKEN },
  logLevel: LOG_LEVEL,
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close())
openLogOutput().write(`Simulator ready at ${simulator.url}\n`)
