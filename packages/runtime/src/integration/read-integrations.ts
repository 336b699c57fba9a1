import { IntegrationPolicy, IntegrationsFile } from '@mensageria/contracts'
import type { z } from 'zod'
import { ConfigError, readPlainFile } from '../base/config.ts'
import { errorCode } from '../base/is-error.ts'
import { nearestName } from '../base/nearest-name.ts'

const SAYS_WHERE = 'INTEGRATIONS_FILE says where the list of integrations is'

const readText = (path: string): string => {
  try {
    return readPlainFile(path).replace(/^\uFEFF/, '')
  } catch (cause) {
    const reasons: Record<string, string> = {
      ENOENT: 'There is no file',
      EISDIR: 'A folder, and no file, is',
      ENOTFILE: 'A device or a pipe, and no file, is',
      EACCES: 'This user must not read',
    }
    const reason = reasons[errorCode(cause) ?? ''] ?? 'Nothing can be read from'
    throw new ConfigError(`${reason} ${path}: ${SAYS_WHERE}`, { cause })
  }
}

const parse = (path: string): unknown => {
  const text = readText(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason =
      text.trim() === '' ? 'is empty' : `is no JSON (${String(cause).replace(/^SyntaxError: /, '')})`
    throw new ConfigError(`${path} ${reason}: ${SAYS_WHERE}`, { cause })
  }
}

const FIELDS = Object.keys(IntegrationPolicy.shape)

const unknownFields = (keys: readonly string[]): string =>
  keys
    .map((key) => {
      const meant = nearestName(key, FIELDS)
      return `${key} is no field of a row${meant === undefined ? '' : `: ${meant.toLowerCase()} is meant?`}`
    })
    .join(', ')

// The path is `integrations`, the row, the field.
const wordsOf = (issue: z.core.$ZodIssue): string => {
  const [, row, ...field] = issue.path.map(String)
  if (row === undefined) return 'it has no object "integrations" with a row for each integration'
  const name = JSON.stringify(row)
  if (issue.code === 'invalid_key')
    return `${name} is no name: lower-case letters, digits and hyphens, a letter first, 31 at most`
  if (issue.code === 'unrecognized_keys') return `row ${name}: ${unknownFields(issue.keys)}`
  if (field.length === 0) return `row ${name} is no object`
  return `row ${name}: ${field.join('.')}: ${issue.message}`
}

/** The rows of the list of integrations. Throws `ConfigError`, which names the file, and each row that is wrong. */
export const readIntegrations = (path: string): [string, IntegrationPolicy][] => {
  const file = IntegrationsFile.safeParse(parse(path))
  if (!file.success) throw new ConfigError(`${path}: ${file.error.issues.map(wordsOf).join('; ')}`)
  const rows = Object.entries(file.data.integrations)
  if (rows.length === 0) throw new ConfigError(`${path} has no integration: nothing would be delivered`)
  return rows
}
