import { IntegrationPolicy } from '@mensageria/contracts'
import { IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { addRow } from './add-row.ts'
import { faultOfName } from './check-name.ts'

export const ROOT = join(import.meta.dirname, '../..')

/** What the person who called a generator can put right; it ends with exit 2 and the help. */
export class UsageError extends Error {}

/** The list that a new row belongs into: INTEGRATIONS_FILE, or that of the repository. */
export const listFile = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(IntegrationsConfig.shape.INTEGRATIONS_FILE.parse(env['INTEGRATIONS_FILE']))

/** Throws UsageError for a name that is taken or none, and ConfigError where the list itself does not fit. */
export const requireName = (name: string | undefined, file: string): string => {
  if (name === undefined) throw new UsageError('A name is missing')
  const settings = loadIntegrationSettings(IntegrationsConfig.parse({ INTEGRATIONS_FILE: file }))
  const folders = readdirSync(join(ROOT, 'services')).filter((folder) =>
    existsSync(join(ROOT, 'services', folder)),
  )
  const fault = faultOfName(name, { rows: settings.map((row) => row.name), folders })
  if (fault !== undefined) throw new UsageError(fault)
  return name
}

/** When a new row begins, as `since` says it: now, a time, or `all` for every center that there is. */
export const sinceOf = (said: string | undefined, now = new Date()): { since?: string } => {
  if (said === 'all') return {}
  const time = said === undefined ? now : new Date(said)
  if (Number.isNaN(time.getTime()) || (said !== undefined && !/^\d{4}-\d\d-\d\d/.test(said)))
    throw new UsageError(`--since is ${JSON.stringify(said)}: say a time like 2026-12-01T00:00:00Z, or all`)
  return { since: time.toISOString().replace(/\.\d+Z$/, 'Z') }
}

/** One sentence about what `since` does. */
export const sinceSentence = ({ since }: { since?: string }): string =>
  since === undefined
    ? 'It has no `since`: it gets every center that there is, at the rate of recovery.'
    : `Its \`since\` is ${since}: it gets centers from then on, so that the first start does not send it all that there are; without \`since\` it gets those too.`

/** Throws UsageError where the list would refuse the row: it ends every start. */
export const requireRow = (row: object): void => {
  const issues = IntegrationPolicy.safeParse(row).error?.issues ?? []
  if (issues.length > 0)
    throw new UsageError(issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
}

/** Adds the row to the list. */
export const writeRow = (file: string, name: string, row: object): void => {
  requireRow(row)
  writeFileSync(file, addRow(readFileSync(file, 'utf8'), name, row))
}

/** Runs a generator: exit 0, 2 with the help where it was called wrongly, 1 for everything else. */
export const runCommand = async (help: string, run: () => Promise<void> | void): Promise<void> => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return console.log(help)
  try {
    await run()
  } catch (error) {
    const isUsage =
      error instanceof UsageError || String(Reflect.get(Object(error), 'code')).startsWith('ERR_PARSE_ARGS')
    const reason = error instanceof Error ? error.message : String(error)
    console.error(isUsage ? `${reason}\n\n${help}` : reason)
    process.exitCode = isUsage ? 2 : 1
  }
}

/** Where a file is, as a person in the root of the repository says it. */
export const shownPath = (file: string): string =>
  file.startsWith(`${resolve(ROOT)}/`) ? file.slice(resolve(ROOT).length + 1) : file
