import type { UnreadableMessage } from '@mensageria/client'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { formatTime } from '../screen/format.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'
import { readSystemLabels, type SystemLabels } from './shared/system-labels.ts'

type Args = GlobalArgs & { limit: number }

const DATA_CHARS_MAX = 60

// As much as a line holds; --json has all of it.
const beginningOf = (data: string): string => {
  const read = Buffer.from(data, 'base64').toString('utf8')
  return read.length > DATA_CHARS_MAX ? `${read.slice(0, DATA_CHARS_MAX)}…` : read
}

const toRow = (
  { receivedAt, subscription, reason, data }: UnreadableMessage,
  labelOf: SystemLabels,
  { language }: Context,
) => [formatTime(receivedAt, language), labelOf(subscription), reason, beginningOf(data)]

const run = async (args: Args, context: Context): Promise<void> => {
  const { operations } = connect(args, context)
  const found = await readPages(args.limit, async (query) =>
    dataOf(await operations.GET('/v1/unreadable-messages', { params: { query } }), context.texts, 'items'),
  )
  const { heads } = context.texts
  const labelOf = await readSystemLabels(args, operations)
  showList(args, context, found, {
    heads: heads.unreadable,
    rowOf: (message) => toRow(message, labelOf, context),
  })
}

/** `mensageria unreadable` */
export const addUnreadable = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options } = context.texts
  cli.command(
    'unreadable',
    commands.unreadable,
    (command) =>
      command
        .option('limit', { type: 'number', default: 50, describe: options.limit })
        .example('$0 unreadable --json', ''),
    (args) => run(args, context),
  )
}
