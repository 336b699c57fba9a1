import { readFile } from 'node:fs/promises'
import type { Registration } from '@mensageria/client'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { EXIT } from '../exit-codes.ts'

type Args = GlobalArgs & { file: string }

const parse = (text: string, { texts }: Context): Registration => {
  try {
    // What it holds is the service's to judge: its answer names each wrong field.
    const parsed: Registration = JSON.parse(text)
    return parsed
  } catch (error) {
    throw new CliError(EXIT.usage, texts.errors.notJson(error instanceof Error ? error.message : ''))
  }
}

const run = async (args: Args, context: Context): Promise<void> => {
  const { io, texts } = context
  const text = args.file === '-' ? await io.readInput() : await readFile(args.file, 'utf8')
  const body = parse(text, context)
  const answer = await connect(args, context).registration.POST('/v1/distribution-centers', {
    body,
  })
  const center = dataOf(answer, texts)
  if (args.json) return io.out(JSON.stringify(center))
  const said = answer.response.status === 201 ? texts.register.created : texts.register.same
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
