import type { Delivery } from '@mensageria/client'
import { STATE_WORDS } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { withSimulated } from '../language/simulated.ts'
import { wordOf } from '../language/word-of.ts'
import { formatTime, paint } from '../screen/format.ts'
import { expectIntegration } from './shared/expect-integration.ts'
import { filterOptions, type FilterArgs } from './shared/filter-options.ts'
import { readPages } from './shared/pages.ts'
import { showList } from './shared/show-list.ts'
import { readSystemLabels, type SystemLabels } from './shared/system-labels.ts'

type Args = GlobalArgs & FilterArgs & { state: Delivery['state'] | undefined; limit: number }

export const STATES = ['waiting', 'delivering', 'retrying', 'parked', 'rejected', 'delivered'] as const

// A plan that has passed is due with the next sweep.
const nextAttempt = (
  { nextAttemptAt }: Delivery,
  { list }: Context['texts'],
  language: Context['language'],
): string =>
  nextAttemptAt !== undefined && Date.parse(nextAttemptAt) <= Date.now()
    ? list.soon
    : formatTime(nextAttemptAt, language)

/** One delivery as a row of a table. */
export const deliveryRow = (
  delivery: Delivery,
  labelOf: SystemLabels,
  { language, io, texts }: Context,
): string[] => [
  labelOf(delivery.integration),
  delivery.centerId,
  withSimulated(
    paint(delivery.state, wordOf(STATE_WORDS[delivery.state], language), io.colors),
    delivery,
    language,
  ),
  String(delivery.attempts),
  formatTime(delivery.lastAttemptAt, language),
  delivery.lastFailure?.cause ?? '-',
  nextAttempt(delivery, texts, language),
]

const run = async (args: Args, context: Context): Promise<void> => {
  const { operations } = connect(args, context)
  const { integration, state, kind, cause, since, until, q } = args
  await expectIntegration(integration, operations, context.texts)
  const found = await readPages(args.limit, async (position) => {
    const query = { ...position, integration, state, kind, cause, since, until, q }
    return dataOf(await operations.GET('/v1/deliveries', { params: { query } }), context.texts, 'items')
  })
  const { heads } = context.texts
  const labelOf = await readSystemLabels(args, operations)
  showList(args, context, found, {
    heads: heads.deliveries,
    rowOf: (row) => deliveryRow(row, labelOf, context),
  })
}

/** `mensageria deliveries` */
export const addDeliveries = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { options, commands } = context.texts
  cli.command(
    'deliveries',
    commands.deliveries,
    (command) =>
      filterOptions(command, context)
        .option('state', { choices: STATES, describe: options.state })
        .option('limit', { type: 'number', default: 50, describe: options.limit })
        .example('$0 deliveries --integration erp --state parked', '')
        .example('$0 deliveries --cause http-503 --json', ''),
    (args) => run(args, context),
  )
}
