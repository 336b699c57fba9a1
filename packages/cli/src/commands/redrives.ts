import type { Redrive } from '@mensageria/client'
import { reasonLabel, REDRIVE_WORDS } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { formatNumber, formatTime } from '../screen/format.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'
import { readSystemLabels, type SystemLabels } from './shared/system-labels.ts'

const ACTIONS = ['pause', 'resume', 'cancel'] as const
type Action = (typeof ACTIONS)[number]
type Args = GlobalArgs & { id: string | undefined; action: Action | undefined; limit: number }

const PATHS = {
  pause: '/v1/redrives/{id}:pause',
  resume: '/v1/redrives/{id}:resume',
  cancel: '/v1/redrives/{id}:cancel',
} as const

const toRow = (redrive: Redrive, labelOf: SystemLabels, { language, texts }: Context): string[] => {
  const { integration, cause = '' } = redrive.filter
  const done = redrive.delivered + redrive.failed + redrive.skipped
  return [
    redrive.id,
    wordOf(REDRIVE_WORDS[redrive.state], language),
    `${integration === undefined ? '*' : labelOf(integration)} ${cause}`.trim(),
    texts.redrives.done(formatNumber(done, language), formatNumber(redrive.total, language), redrive.more),
    formatNumber(redrive.delivered, language),
    formatNumber(redrive.failed, language),
    formatNumber(redrive.skipped, language),
    redrive.requestedBy,
    formatTime(redrive.createdAt, language),
    reasonLabel(redrive.reason, language),
  ]
}

const read = async (args: Args, context: Context): Promise<{ items: Redrive[]; more: boolean }> => {
  const { operations } = connect(args, context)
  const { id, action } = args
  const { texts } = context
  if (id === undefined) {
    return readPages(args.limit, async (query) =>
      dataOf(await operations.GET('/v1/redrives', { params: { query } }), texts, 'items'),
    )
  }
  const params = { path: { id } }
  const answer =
    action === undefined
      ? await operations.GET('/v1/redrives/{id}', { params })
      : await operations.POST(PATHS[action], { params })
  return { items: [dataOf(answer, texts, 'id')], more: false }
}

/** `mensageria redrives [ID [ACTION]]` */
export const addRedrives = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options, heads } = context.texts
  cli.command(
    'redrives [id] [action]',
    commands.redrives,
    (command) =>
      command
        .positional('id', { type: 'string' })
        .positional('action', { choices: ACTIONS })
        .option('limit', { type: 'number', default: 20, describe: options.limit })
        .example('$0 redrives', '')
        .example('$0 redrives 7d0c6f0e-... cancel', ''),
    async (args) => {
      const found = await read(args, context)
      const labelOf = await readSystemLabels(args, connect(args, context).operations)
      showList(args, context, found, {
        heads: heads.redrives,
        rowOf: (redrive) => toRow(redrive, labelOf, context),
      })
    },
  )
}
