import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import type { Env } from './env.ts'

/** A configuration that must not be started with; its message has one line for each variable, and never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly expected = true
}

const descriptionOf = (schema: z.ZodType, variable: string): string | undefined => {
  const field: unknown = schema instanceof z.ZodObject ? Reflect.get(schema.shape, variable) : undefined
  return field instanceof z.ZodType ? field.description : undefined
}

const lineOf = (schema: z.ZodType, issue: z.core.$ZodIssue, env: Env): string => {
  const [variable, ...rest] = issue.path.map(String)
  if (variable === undefined) return `  ${issue.message}`
  const description = descriptionOf(schema, variable)
  const hint = description === undefined ? '' : ` (${description})`
  if (env[variable] === '') return `  ${variable} is empty: give it a value, or remove it${hint}`
  if (env[variable] === undefined) return `  ${variable} is not set${hint}`
  return `  ${[variable, ...rest].join('.')}: ${issue.message}${hint}`
}

// Only `lineOf` reads it.
const toIssue = (variable: string): z.core.$ZodIssue => ({ code: 'custom', path: [variable], message: '' })

/**
 * Parses the environment, once, at the start of a process. Throws `ConfigError`; no value is ever part of its message, because
 * any of them may be a secret. An empty variable is refused: what should have filled it did not.
 */
export const loadConfig = <T>(schema: z.ZodType<T>, env: Env): T => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
  const empty =
    schema instanceof z.ZodObject ? Object.keys(schema.shape).filter((name) => set[name] === '') : []
  // `reportInput` off: zod then keeps the input out of its issues, also where a process sets it globally.
  const parsed = schema.safeParse(set, { reportInput: false })
  if (parsed.success && empty.length === 0) return parsed.data
  const issues = [...(parsed.error?.issues ?? []), ...empty.map((name) => toIssue(name))]
  const lines = issues.map((issue) => lineOf(schema, issue, set))
  throw new ConfigError(`The configuration is not valid:\n${[...new Set(lines)].join('\n')}`)
}

/**
 * The text of a file. Throws, with the code of the system or with ENOTFILE, where there is none or it is a device or a pipe,
 * which may never end.
 */
export const readPlainFile = (path: string): string => {
  const stats = statSync(path)
  if (!stats.isFile() && !stats.isDirectory()) {
    throw Object.assign(new Error(`${path} is no plain file`), { code: 'ENOTFILE' })
  }
  return readFileSync(path, 'utf8')
}
