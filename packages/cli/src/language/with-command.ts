import type { Texts } from './texts-en.ts'

// `mensageria` where a command or an option of it follows.
const COMMAND = /\bmensageria (?=[a-z-])/g

/** How the command was called: hints must be right as they are written. */
export const commandName = (env: Readonly<Record<string, string | undefined>>): string =>
  env['npm_command'] === 'exec' ? 'npx mensageria' : 'mensageria'

const renamed = (text: unknown, command: string): unknown => {
  if (typeof text === 'string') return text.replaceAll(COMMAND, `${command} `)
  if (typeof text === 'function')
    return (...args: unknown[]) => renamed(Reflect.apply(text, undefined, args), command)
  if (Array.isArray(text) || typeof text !== 'object' || text === null) return text
  return Object.fromEntries(Object.entries(text).map(([key, value]) => [key, renamed(value, command)]))
}

const isTexts = (texts: unknown): texts is Texts => typeof texts === 'object' && texts !== null

/** The texts with the name that the command was called by. */
export const withCommand = (texts: Texts, command: string): Texts => {
  if (command === 'mensageria') return texts
  const other = renamed(texts, command)
  return isTexts(other) ? other : texts
}
