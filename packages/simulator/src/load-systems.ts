import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '@mensageria/runtime/process'
import type { CreateSystem } from './system.ts'

const SERVICES = join(import.meta.dirname, '../../../services')

const isCreate = (value: unknown): value is CreateSystem => typeof value === 'function'

const loadSystem = async (name: string): Promise<CreateSystem> => {
  const file = `services/${name}/src/simulated.ts`
  const path = join(SERVICES, name, 'src/simulated.ts')
  if (!existsSync(path)) {
    throw new ConfigError(
      `There is no ${file}, so no simulator can answer for ${name}: write it, or configure its real system`,
    )
  }
  const { createSystem }: { createSystem?: unknown } = await import(path)
  if (!isCreate(createSystem)) throw new ConfigError(`${file} exports no function createSystem`)
  return createSystem
}

/** What these integrations' systems answer, each from its folder. Throws ConfigError for one whose folder does not say it. */
export const loadSystems = async (names: readonly string[]): Promise<Record<string, CreateSystem>> =>
  Object.fromEntries(
    await Promise.all(
      names.map(async (name): Promise<[string, CreateSystem]> => [name, await loadSystem(name)]),
    ),
  )
