import { SCRIPT_TEXTS } from './script-texts.ts'

const commandOf = (script: string): string =>
  ['test', 'start'].includes(script) ? `npm ${script}` : `npm run ${script}`

/** Every script with its explanation, by group. */
export const helpText = (): string => {
  const scripts = Object.values(SCRIPT_TEXTS).flatMap((group) => Object.keys(group))
  const width = Math.max(...scripts.map((script) => commandOf(script).length))
  return Object.entries(SCRIPT_TEXTS)
    .map(([title, group]) => {
      const lines = Object.entries(group).map(
        ([script, text]) => `  ${commandOf(script).padEnd(width)}  ${text}`,
      )
      return [title, ...lines].join('\n')
    })
    .join('\n\n')
}
