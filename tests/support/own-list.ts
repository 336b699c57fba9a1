import { defined } from '@mensageria/contracts'
import { IntegrationsConfig } from '@mensageria/runtime'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** A list of integrations, as the file has it. */
export type IntegrationList = Readonly<Record<string, object>>

const Rows = z.object({
  integrations: z.record(
    z.string(),
    z.looseObject({ kind: z.string().optional(), display_name: z.string().optional() }),
  ),
})

const readByCode = (): IntegrationList => {
  const { INTEGRATIONS_FILE } = IntegrationsConfig.parse({})
  const { integrations } = Rows.parse(JSON.parse(readFileSync(INTEGRATIONS_FILE, 'utf8')))
  return Object.fromEntries(
    Object.entries(integrations).flatMap(([name, { kind, display_name }]) =>
      kind === undefined ? [[name, defined({ display_name })]] : [],
    ),
  )
}

/**
 * The integrations by code of the repository's list, each with its name alone: a destination there is real, and no test sends to
 * it; a rate or a `since` there is no affair of a test.
 */
export const BY_CODE: IntegrationList = readByCode()

const { dmitri: _dmitri, ...others } = BY_CODE
/** The same before dmitri has come, or after it has gone. */
export const WITHOUT_DMITRI: IntegrationList = others

/** A list of integrations that a test has for itself. */
export type OwnList = {
  /** What tells a process, or `openCloudSystem`, of it. */
  env: { INTEGRATIONS_FILE: string }
  /** Puts another list in its place; who has started already keeps the former one. */
  write(list: IntegrationList): Promise<void>
  close(): Promise<void>
}

/** Writes a list for INTEGRATIONS_FILE into a folder of its own. */
export const openOwnList = async (list: IntegrationList): Promise<OwnList> => {
  const dir = await mkdtemp(join(tmpdir(), 'mensageria-list-'))
  const path = join(dir, 'integrations.json')
  const write = (integrations: IntegrationList) => writeFile(path, JSON.stringify({ integrations }))
  await write(list)
  return {
    env: { INTEGRATIONS_FILE: path },
    write,
    close: () => rm(dir, { recursive: true, force: true }),
  }
}
