import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A list of integrations, as the file has it. */
export type IntegrationList = Readonly<Record<string, object>>

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
