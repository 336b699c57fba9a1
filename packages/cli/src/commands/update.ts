import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { findCenter } from './shared/find-center.ts'
import { readRegistration } from './shared/read-registration.ts'

type Args = GlobalArgs & { file: string; seen: number | undefined }

const run = async (args: Args, context: Context): Promise<void> => {
  const { io, texts } = context
  const body = await readRegistration(args.file, context)
  const taxId: unknown = Reflect.get(Object(body), 'taxId')
  // A spreadsheet's export may have made a number of it, without its zeros.
  if (typeof taxId !== 'string' || taxId.trim() === '') throw new CliError(EXIT.usage, texts.update.noTaxId)
  const apis = connect(args, context)
  const { id, version } = await findCenter(taxId, apis, context)
  const params = { path: { id }, header: { 'if-match': `"${args.seen ?? version}"` } }
  const answer = await apis.registration.PUT('/v1/distribution-centers/{id}', { body, params })
  const center = dataOf(answer, texts, 'id')
  if (args.json) return io.out(JSON.stringify(center))
  io.out(
    center.version === version
      ? texts.update.same(center.name, version)
      : texts.update.changed(center.name, center.version),
  )
  io.out(texts.register.next(id))
}

/** `mensageria update FILE` */
export const addUpdate = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options } = context.texts
  cli.command(
    'update <file>',
    commands.update,
    (command) =>
      command
        .positional('file', { type: 'string', demandOption: true })
        .option('seen', { type: 'number', describe: options.seen })
        .example('$0 update center.json', '')
        .example('$0 update center.json --seen 3', ''),
    (args) => run(args, context),
  )
}
