import { generateTypes } from '@mensageria/client/generate'
import { openEmbedded } from '@mensageria/embedded'
import { createLogger } from '@mensageria/runtime'
import { buildStandalone } from '@mensageria/standalone'
import { join } from 'node:path'

/** Where the generated types are kept. */
export const TYPES_FILE = join(import.meta.dirname, '../../packages/client/src/api.ts')

const NEVER_MS = 2 ** 31 - 1

const fail = (error: unknown): never => {
  throw error
}

/** The types of the whole API: the standalone has every route of it, here with an empty store in memory. */
export const apiTypes = async (): Promise<string> => {
  const standalone = await buildStandalone({
    engine: openEmbedded({ dataDir: ':memory:', subscriptions: [], onError: fail }),
    integrations: [],
    logger: createLogger({ level: 'silent', service: 'generate-client' }),
    sweepIntervalMs: NEVER_MS,
  })
  try {
    const url = await standalone.listen('127.0.0.1', 0)
    const answer = await fetch(`${url}/openapi.json`)
    return await generateTypes(await answer.text())
  } finally {
    await standalone.close()
  }
}
