import type { Argv } from 'yargs'
import { dataOf, reasonOf } from '../answer.ts'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { readRegistration } from './shared/read-registration.ts'

type Args = GlobalArgs & { file: string }

const run = async (args: Args, context: Context): Promise<void> => {
  const { io, texts } = context
  const body = await readRegistration(args.file, context)
  const answer = await connect(args, context).registration.POST('/v1/distribution-centers', { body })
  const { status } = answer.response
  if (status === 409) {
    const reason = reasonOf(answer.error, status, texts)
    throw new CliError(EXIT.rejected, `${reason}\n${texts.register.change(args.file)}`)
  }
  const center = dataOf(answer, texts, 'id')
  if (args.json) return io.out(JSON.stringify(center))
  const said = status === 201 ? texts.register.created : texts.register.same
  io.out(said(center.name, center.id))
  io.out(texts.register.next(center.id))
}

/** `mensageria register FILE` */
export const addRegister = (cli: Argv<GlobalOptions>, context: Context): void => {
  cli.command(
    'register <file>',
    context.texts.commands.register,
    (command) =>
      command
        .positional('file', { type: 'string', demandOption: true })
        .example('$0 register center.json', '')
        .example('$0 register - < center.json', ''),
    (args) => run(args, context),
  )
}
