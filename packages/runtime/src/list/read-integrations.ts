import { IntegrationPolicy, IntegrationsFile } from '@mensageria/contracts'
import type { z } from 'zod'
import { ConfigError, readPlainFile } from '../base/config.ts'
import { errorCode } from '../base/is-error.ts'
import { nearestName } from '../base/nearest-name.ts'
import { findRepeatedKeys } from './find-repeated-keys.ts'

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

const parse = (path: string): { text: string; value: unknown } => {
  const text = readText(path)
  try {
    return { text, value: JSON.parse(text) }
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

const noName = (name: string): string =>
  `${JSON.stringify(name)} is no name: lower-case letters, digits and hyphens, a letter first, 31 at most`

// The path is `integrations`, the row, the field.
const wordsOf = (issue: z.core.$ZodIssue): string => {
  const [, row, ...field] = issue.path.map(String)
  if (row === undefined && issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => JSON.stringify(key)).join(', ')} beside "integrations" is read by nothing`
  if (row === undefined) return 'it has no object "integrations" with a row for each integration'
  const name = JSON.stringify(row)
  if (issue.code === 'invalid_key') return noName(row)
  if (issue.code === 'unrecognized_keys') return `row ${name}: ${unknownFields(issue.keys)}`
  if (field.length === 0) return `row ${name} is no object`
  return `row ${name}: ${field.join('.')}: ${issue.message}`
}

const repeatedWords = ([, row, ...field]: readonly string[]): string => {
  if (row === undefined) return '"integrations" is there twice'
  return `row ${JSON.stringify(row)}${field.length === 0 ? '' : `: ${field.join('.')}`} is there twice`
}

// What is far ahead is a slip of the keyboard: no center would be that integration's own for all that time.
const SINCE_AHEAD_MAX_MS = 366 * 86_400_000

const isFarAhead = ({ since }: IntegrationPolicy): boolean =>
  since !== undefined && Date.parse(since) > Date.now() + SINCE_AHEAD_MAX_MS

const sinceWords = ([name, { since }]: [string, IntegrationPolicy]): string =>
  `row ${JSON.stringify(name)}: since: ${since} is more than a year ahead (this machine's clock says ` +
  `${new Date().toISOString()}): nothing would be delivered to it until then`

/** The rows of the list of integrations. Throws `ConfigError`, which names the file, and each row that is wrong. */
export const readIntegrations = (path: string): [string, IntegrationPolicy][] => {
  const { text, value } = parse(path)
  const refuse = (words: readonly string[]): void => {
    if (words.length > 0) throw new ConfigError(`${path}: ${words.join('; ')}`)
  }
  refuse(findRepeatedKeys(text).map(repeatedWords))
  // The one key that an object of JavaScript swallows.
  refuse(/"__proto__"\s*:/.test(text) ? [noName('__proto__')] : [])
  const file = IntegrationsFile.safeParse(value)
  if (!file.success) throw new ConfigError(`${path}: ${file.error.issues.map(wordsOf).join('; ')}`)
  const rows = Object.entries(file.data.integrations)
  refuse(rows.filter(([, policy]) => isFarAhead(policy)).map(sinceWords))
  if (rows.length === 0) throw new ConfigError(`${path} has no integration: nothing would be delivered`)
  return rows
}
