import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { formatNumber } from '../screen/format.ts'
import { renderTable } from '../screen/table.ts'
import { deliveryRow, STATES } from './deliveries.ts'
import { expectIntegration } from './shared/expect-integration.ts'
import { filterOptions, type FilterArgs } from './shared/filter-options.ts'
import { nothingFound } from './shared/nothing-found.ts'
import { readSystemLabels } from './shared/system-labels.ts'

type Args = GlobalArgs &
  FilterArgs & {
    states: (typeof STATES)[number][] | undefined
    center: string | undefined
    reason: string
    force: boolean
    rate: number | undefined
    dryRun: boolean
    yes: boolean
  }

// What the API sends where nobody says which.
const DEFAULT_STATES: readonly string[] = ['parked', 'rejected']

const YES = /^(?:y|yes|s|sim)$/i

type Counted = { count: number; more: boolean }

// A dry run stops at its bound: there may be more than it has counted.
const countWords = ({ count, more }: Counted, { texts, language }: Context): string => {
  const number = formatNumber(count, language)
  return more ? texts.redrive.atLeast(number) : number
}

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Asks the person at the terminal; where there is none the command must have said yes. */
const isConfirmed = async ({ yes }: Args, counted: Counted, context: Context): Promise<boolean> => {
  const { io, texts } = context
  if (yes) return true
  if (!io.ask) throw new CliError(EXIT.usage, texts.redrive.sayYes)
  return YES.test((await io.ask(texts.redrive.confirm(countWords(counted, context)))).trim())
}

const run = async (args: Args, context: Context): Promise<void> => {
  const { io, texts } = context
  const { operations } = connect(args, context)
  const { integration, states, kind, cause, since, until, q, reason, force } = args
  if (!integration && !cause && !args.center) throw new CliError(EXIT.usage, texts.redrive.sayWhat)
  await expectIntegration(integration, operations, texts)
  const filter = { integration, states, kind, cause, since, until, q, centerId: args.center }
  const body = { filter, reason, force, ratePerSecond: args.rate }
  const dry = dataOf(
    await operations.POST('/v1/redrives', { body: { ...body, dryRun: true } }),
    texts,
    'more',
  )
  if (!('count' in dry)) throw new CliError(EXIT.unreachable, texts.errors.unexpectedAnswer(202))
  const { count, sample } = dry
  const isDone = count === 0 || args.dryRun
  if (isDone && args.json) return io.out(JSON.stringify(dry))
  if (!args.json) {
    io.out(asSentence(texts.redrive.found(countWords(dry, context))))
    const labelOf = await readSystemLabels(args, operations)
    const rows = sample.map((row) => deliveryRow(row, labelOf, context))
    if (count > 0) io.out(renderTable(texts.heads.deliveries, rows))
    for (const line of nothingFound(dry, states ?? DEFAULT_STATES, context)) io.out(line)
  }
  if (isDone) return
  if (!(await isConfirmed(args, dry, context))) return io.out(texts.redrive.nothingDone)
  const created = dataOf(await operations.POST('/v1/redrives', { body }), texts, 'more')
  if (!('id' in created)) throw new CliError(EXIT.unreachable, texts.errors.unexpectedAnswer(200))
  io.out(args.json ? JSON.stringify(created) : texts.redrive.created(created.id))
}

/** `mensageria redrive` */
export const addRedrive = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { commands, options } = context.texts
  cli.command(
    'redrive',
    commands.redrive,
    (command) =>
      filterOptions(command, context)
        .option('states', { choices: STATES, array: true, describe: options.states })
        .option('center', { type: 'string', describe: options.center })
        .option('reason', { type: 'string', demandOption: true, describe: options.reason })
        .option('force', { type: 'boolean', default: false, describe: options.force })
        .option('rate', { type: 'number', describe: options.rate })
        .option('dry-run', { type: 'boolean', default: false, describe: options.dryRun })
        .option('yes', { type: 'boolean', default: false, describe: options.yes })
        .example('$0 redrive --integration erp --reason "The ERP is back" --dry-run', '')
        .example('$0 redrive --cause rejected:invalid-city --reason "corrected" --yes', '')
        .example('$0 redrive --integration erp --states waiting --reason "centers from before"', ''),
    (args) => run(args, context),
  )
}
