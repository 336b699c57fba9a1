import leven from 'leven'
import { CliError } from './cli-error.ts'
import type { Context } from './context.ts'
import { EXIT } from './exit-codes.ts'

const READ = ['MENSAGERIA_URL', 'MENSAGERIA_CONSOLE_URL', 'MENSAGERIA_TOKEN', 'MENSAGERIA_SIGN_IN'] as const
const PREFIX = 'MENSAGERIA_'
// Said to the tests of this repository.
const OF_TESTS = 'MENSAGERIA_KEEPER_URL'
const SLIP_MAX = 2

const distanceTo = (name: string) => (known: string) => leven(name.toUpperCase(), known)

/** The variable that a name which nothing reads is meant for, by its first word or with a slip of the keyboard. */
const meantBy = (name: string): string | undefined => {
  const distance = distanceTo(name)
  const [nearest = READ[0]] = READ.toSorted((a, b) => distance(a) - distance(b))
  return name.toUpperCase().startsWith(PREFIX) || distance(nearest) <= SLIP_MAX ? nearest : undefined
}

const isRead = (name: string): boolean => name === OF_TESTS || READ.some((known) => known === name)

/** Throws CliError where a variable of this command is empty, or its name has a slip: it would go to another service. */
export const checkEnvironment = ({ env, texts }: Context): void => {
  for (const name of Object.keys(env)) {
    const meant = isRead(name) ? undefined : meantBy(name)
    if (meant !== undefined) throw new CliError(EXIT.usage, texts.errors.unknownVariable(name, meant))
  }
  const empty = READ.find((name) => env[name] === '')
  if (empty !== undefined) throw new CliError(EXIT.usage, texts.errors.emptyVariable(empty))
  if (!['google', 'none', undefined].includes(env['MENSAGERIA_SIGN_IN']))
    throw new CliError(EXIT.usage, texts.errors.badSignIn)
}
