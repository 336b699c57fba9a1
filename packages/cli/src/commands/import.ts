import type { Argv } from 'yargs'
import type { Context, GlobalOptions } from '../context.ts'

/** `mensageria import FILE`; what reads files is loaded by who imports one. */
export const addImport = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { options, commands } = context.texts
  cli.command(
    'import <file>',
    commands.import,
    (command) =>
      command
        .positional('file', { type: 'string', demandOption: true })
        .option('concurrency', { type: 'number', default: 32, describe: options.concurrency })
        .option('rejects', { type: 'string', describe: options.rejects })
        .option('restart', { type: 'boolean', default: false, describe: options.restart })
        .example('$0 import centers.csv', '')
        .example('$0 import centers.ndjson --concurrency 8', '')
        .example('$0 import - < centers.csv', ''),
    async (args) => (await import('../import/import-file.ts')).importFile(args, context),
  )
}
