import type { Argv } from 'yargs'
import type { Context, GlobalOptions } from './context.ts'

const LOCAL = 'http://127.0.0.1:8080'

/** Options that every command has. */
export const globalOptions = (cli: Argv, { env, texts }: Context): Argv<GlobalOptions> =>
  cli
    .option('url', {
      type: 'string',
      default: env['MENSAGERIA_URL'] ?? LOCAL,
      describe: texts.options.url,
      global: true,
    })
    .option('console-url', {
      type: 'string',
      default: env['MENSAGERIA_CONSOLE_URL'],
      describe: texts.options.consoleUrl,
    })
    .option('sign-in', {
      choices: ['google', 'none'] as const,
      default: env['MENSAGERIA_SIGN_IN'] === 'google' ? ('google' as const) : ('none' as const),
      describe: texts.options.signIn,
    })
    .option('timeout', { type: 'number', default: 10, describe: texts.options.timeout })
    .option('json', { type: 'boolean', default: false, describe: texts.options.json })
    .option('lang', { choices: ['pt-BR', 'en'] as const, describe: texts.options.lang })
