import {
  createIdTokens,
  createMensageriaClient,
  InsecureAddressError,
  isSecureAddress,
  type IdTokens,
  type MensageriaClient,
} from '@mensageria/client'
import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import type { Language, Texts } from './language/language.ts'

/** What every command may be given, as it is written. */
export type GlobalOptions = {
  url: string
  'console-url': string | undefined
  'sign-in': 'google' | 'none'
  timeout: number
  json: boolean
}

/** The same as commands read it. */
export type GlobalArgs = {
  url: string
  consoleUrl: string | undefined
  signIn: 'google' | 'none'
  timeout: number
  json: boolean
}

/** Where a command reads and writes; a test gives its own. */
export type Io = {
  out(text: string): void
  err(text: string): void
  /** Aborted once nobody reads what is written any more. */
  outEnded?: AbortSignal
  /** Both may differ: a piped table with its progress on a terminal. */
  outIsTerminal: boolean
  errIsTerminal: boolean
  columns: number
  colors: boolean
  /** Asks a person; undefined where there is none. */
  ask: ((question: string) => Promise<string>) | undefined
  /** The standard input. */
  input(): AsyncIterable<Uint8Array>
}

export type Env = Readonly<Record<string, string | undefined>>

export type Context = {
  env: Env
  io: Io
  language: Language
  texts: Texts
  /** Aborts with Ctrl-C. */
  signal: AbortSignal
  exitCode: number
}

/** Both APIs; on one machine they are at the same address, on Google Cloud each is a service of its own. */
export type Apis = { registration: MensageriaClient; operations: MensageriaClient }

const signInOf = ({ signIn }: GlobalArgs, env: Env): { signIn?: 'google' | IdTokens } => {
  const token = env['MENSAGERIA_TOKEN'] ?? ''
  if (token === '') return signIn === 'google' ? { signIn } : {}
  const authorization = `Bearer ${token}`
  return { signIn: async () => ({ authorization, 'x-serverless-authorization': authorization }) }
}

/** The headers that say who asks, for what is no call of a client. Throws `InsecureAddressError`, as clients do. */
export const headersOf = async (
  args: GlobalArgs,
  { env }: Pick<Context, 'env'>,
): Promise<Readonly<Record<string, string>>> => {
  const { signIn } = signInOf(args, env)
  if (signIn === undefined) return {}
  const { origin } = new URL(args.consoleUrl ?? args.url)
  if (!isSecureAddress(origin)) throw new InsecureAddressError(origin)
  return signIn === 'google' ? createIdTokens(origin)() : signIn()
}

// A name and a password in an address end in histories and logs: the message leaves them out too.
const checkAddress = (url: string, { errors }: Texts): void => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new CliError(EXIT.usage, errors.notUrl(url.replace(/\/\/.*@/, '//')))
  const { origin, pathname, search, hash, username, password } = new URL(url)
  if (username !== '' || password !== '') throw new CliError(EXIT.usage, errors.urlCredentials(origin))
  if (pathname !== '/' || search !== '' || hash !== '')
    throw new CliError(EXIT.usage, errors.urlPath(url, origin))
}

/** Clients of both APIs. `deadlineMs` goes before the global `--timeout`. */
export const connect = (args: GlobalArgs, context: Context, deadlineMs?: number): Apis => {
  const { env, signal, texts } = context
  if (!(args.timeout > 0)) throw new CliError(EXIT.usage, texts.errors.notPositive('--timeout'))
  for (const url of [args.url, args.consoleUrl ?? args.url]) checkAddress(url, texts)
  const options = { deadlineMs: deadlineMs ?? args.timeout * 1000, signal, ...signInOf(args, env) }
  return {
    registration: createMensageriaClient({ baseUrl: args.url, ...options }),
    operations: createMensageriaClient({ baseUrl: args.consoleUrl ?? args.url, ...options }),
  }
}
