import { HEALTH_WORDS } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { expectIntegration } from './shared/expect-integration.ts'
import { systemLabel } from './shared/system-labels.ts'

type Args = GlobalArgs & { integration: string; reason: string }

const PATHS = {
  pause: '/v1/integrations/{name}:pause',
  resume: '/v1/integrations/{name}:resume',
} as const

const run = async (action: keyof typeof PATHS, args: Args, context: Context): Promise<void> => {
  const { io, texts, language } = context
  const { operations } = connect(args, context)
  const before = await expectIntegration(args.integration, operations, texts)
  const params = { path: { name: args.integration } }
  const answer = await operations.POST(PATHS[action], { params, body: { reason: args.reason } })
  const integration = dataOf(answer, texts, 'name')
  if (args.json) return io.out(JSON.stringify(integration))
  const said = action === 'resume' && !before?.paused ? 'notPaused' : action
  const health = wordOf(HEALTH_WORDS[integration.health], language)
  io.out(texts.pause[said](systemLabel(integration), health, integration.name))
}

const add = (action: keyof typeof PATHS, cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options } = context.texts
  cli.command(
    `${action} <integration>`,
    commands[action],
    (command) =>
      command
        .positional('integration', { type: 'string', demandOption: true })
        .option('reason', { type: 'string', demandOption: true, describe: options.reason })
        .example(`$0 ${action} erp --reason "..."`, ''),
    (args) => run(action, args, context),
  )
}

/** `mensageria pause INTEGRATION` */
export const addPause = (cli: Argv<GlobalOptions>, context: Context): void => add('pause', cli, context)

/** `mensageria resume INTEGRATION` */
export const addResume = (cli: Argv<GlobalOptions>, context: Context): void => add('resume', cli, context)
