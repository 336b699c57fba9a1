import type { Integration } from '@mensageria/client'
import { HEALTH_WORDS, INTEGRATION_KIND_WORDS, labelOf } from '@mensageria/contracts/words'
import type { Argv } from 'yargs'
import { dataOf } from '../answer.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { withSimulated } from '../language/simulated.ts'
import { wordOf } from '../language/word-of.ts'
import { formatDuration, formatNumber, formatTime, paint } from '../screen/format.ts'
import { showList } from './shared/show-list.ts'
import { systemLabel } from './shared/system-labels.ts'

const backfillNote = (
  { backfill, beforeSince }: Integration,
  { texts: { integrations }, language }: Context,
): string => {
  const number = (count: number) => formatNumber(count, language)
  if (!backfill) return beforeSince === undefined ? '' : integrations.beforeSince(number(beforeSince))
  const { state, count, remaining, beginsAt, ratePerSecond } = backfill
  if (state === 'planned')
    return integrations.backfillPlanned(number(count), formatTime(beginsAt, language), number(ratePerSecond))
  const says = state === 'paused' ? integrations.backfillPaused : integrations.backfillRuns
  return says(number(count - remaining), number(count))
}

const healthNote = ({ paused, recovery }: Integration, { integrations }: Context['texts']): string => {
  if (paused) return integrations.paused(paused.by, paused.reason)
  if (!recovery) return ''
  if (recovery.phase === 'ramp') return integrations.window(recovery.window)
  return integrations.next(formatDuration(Math.max(0, Date.parse(recovery.nextAt) - Date.now())))
}

/** One system as a row of a table. */
export const integrationRow = (integration: Integration, context: Context): string[] => {
  const { language, texts, io } = context
  const { counts, lastFailure } = integration
  const open = counts.waiting + counts.delivering + counts.retrying + counts.parked
  return [
    systemLabel(integration),
    withSimulated(
      paint(integration.health, wordOf(HEALTH_WORDS[integration.health], language), io.colors),
      integration,
      language,
    ),
    formatNumber(open, language),
    formatNumber(counts.rejected, language),
    formatNumber(counts.delivered, language),
    formatTime(integration.oldestUndeliveredAt, language),
    lastFailure ? `${lastFailure.cause} ${formatTime(lastFailure.at, language)}` : '-',
    [labelOf(INTEGRATION_KIND_WORDS[integration.kind], language), integration.target]
      .filter(Boolean)
      .join(' '),
    [healthNote(integration, texts), backfillNote(integration, context)].filter(Boolean).join('; '),
  ]
}

// On one machine the numbers are those of now; where they are counted from time to time people must know when.
const LIVE_MS = 3_000

const showAge = (items: readonly Integration[], { io, texts, language }: Context): void => {
  const oldest = items.map(({ asOf }) => asOf).toSorted()[0]
  if (oldest !== undefined && Date.now() - Date.parse(oldest) > LIVE_MS)
    io.err(texts.integrations.asOf(formatTime(oldest, language)))
}

const run = async (args: GlobalArgs, context: Context): Promise<void> => {
  const { texts } = context
  const { items } = dataOf(await connect(args, context).operations.GET('/v1/integrations'), texts, 'items')
  const rowOf = (integration: Integration) => integrationRow(integration, context)
  showList(args, context, { items }, { heads: texts.heads.integrations, rowOf })
  if (!args.json) showAge(items, context)
}

/** `mensageria integrations` */
export const addIntegrations = (cli: Argv<GlobalOptions>, context: Context): void => {
  cli.command(
    'integrations',
    context.texts.commands.integrations,
    (command) => command.example('$0 integrations', ''),
    (args) => run(args, context),
  )
}
