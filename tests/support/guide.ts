import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@mensageria/testkit/ready-process'

/** The shell of a guide: all `sh` blocks of a Markdown file, one below the other. */
export const shellOf = (file: string): string =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```sh\n([^]*?)```/g)]
    .map(([, block = '']) => block)
    .join('\n')

const withoutComments = (text: string) => text.replaceAll(/(^|\s)#\s.*$/gm, '')
const SUBSTITUTION = /\$\(([^()]*)\)/

// What is substituted runs first, and is a command of its own.
const expand = (line: string): string[] => {
  const [whole, inner] = SUBSTITUTION.exec(line) ?? []
  if (whole === undefined || inner === undefined) return [line]
  return [...expand(inner), ...expand(line.replace(whole, 'SUBSTITUTED'))]
}

/** The simple commands of a shell text, in order, each on one line: without comments, pipes, keywords and redirections. */
export const commandsOf = (text: string): string[] =>
  withoutComments(text)
    .replaceAll('\\\n', ' ')
    .split('\n')
    .flatMap(expand)
    // Not within quotes: a filter or a program of jq has pipes and semicolons of its own.
    .flatMap((line) => line.match(/(?:'[^']*'|"[^"]*"|[^;|&'"]|'|")+/g) ?? [])
    .map((command) =>
      command
        .trim()
        .replace(/^(?:(?:do|then|else|while|until|if|export|\{|\w+\(\) \{)\s+)+/, (words) =>
          words.includes('export') ? 'export ' : '',
        )
        .replaceAll(/\s*[0-9]?>{1,2}\s*\S+/g, '')
        .replace(/\s+\}$/, ''),
    )
    .filter((command) => command !== '')

const assignedIn = (command: string): string[] => {
  const [, looped] = /^for (\w+) in/.exec(command) ?? []
  if (looped !== undefined) return [looped]
  if (command.startsWith('read ')) return command.split(' ').slice(-1)
  const words = command.replace(/^export /, '').match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  const names = words.map((word) => /^(\w+)=/.exec(word)?.[1])
  const end = command.startsWith('export ') ? names.length : names.indexOf(undefined)
  return names.slice(0, end === -1 ? names.length : end).filter((name) => name !== undefined)
}

/** Variables that are used before any command has set them. */
export const unsetVariables = (text: string): string[] => {
  const known = new Set(['HOME', 'PWD'])
  const unset: string[] = []
  // Programs of jq and awk stand in single quotes, with names of their own; they span lines.
  for (const command of commandsOf(withoutComments(text).replaceAll(/'[^']*'/g, "''"))) {
    for (const [, name = ''] of command.matchAll(/\$\{?([A-Za-z_]\w*)/g))
      if (!known.has(name)) unset.push(name)
    for (const name of assignedIn(command)) known.add(name)
  }
  return unset
}
