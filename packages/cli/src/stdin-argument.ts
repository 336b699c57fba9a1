import type { Argv } from 'yargs'

// Yargs takes a lone dash in the place of a positional argument for an empty one. No argument of a process holds a NUL.
const MARK = '\u{0}-'

/** Arguments as yargs can take them; `giveBack` undoes it. */
export const markDashes = (argv: readonly string[]): string[] =>
  argv.map((argument) => (argument === '-' ? MARK : argument))

/** Gives each command the lone dashes that its user wrote. */
export const giveBack = (cli: Argv): Argv =>
  cli.middleware((args) => {
    for (const [name, value] of Object.entries(args)) if (value === MARK) args[name] = '-'
  })
