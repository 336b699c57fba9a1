import { STATE_WORDS } from '@mensageria/contracts/words'
import { dataOf } from '../answer.ts'
import { integrationRow } from '../commands/integrations.ts'
import { connect, type Context, type GlobalArgs } from '../context.ts'
import { wordOf } from '../language/word-of.ts'
import { formatNumber } from '../screen/format.ts'
import { renderTable } from '../screen/table.ts'

const MOST_FIRST = ['delivered', 'waiting', 'delivering', 'retrying', 'parked', 'rejected'] as const

/** Reads what `watch` draws: the numbers, and the health of each system. */
export const readTable = async (args: GlobalArgs, context: Context): Promise<string> => {
  const { operations } = connect(args, context)
  const { texts, language } = context
  // One after the other: where the first is refused, the second would go on alone.
  const summary = await operations.GET('/v1/summary')
  const { accepted, deliveries } = dataOf(summary, texts, 'deliveries')
  const integrations = await operations.GET('/v1/integrations')
  const rows = dataOf(integrations, texts, 'items').items.map((one) => integrationRow(one, context))
  const counts = MOST_FIRST.filter((state) => deliveries[state] > 0).map(
    (state) =>
      `${formatNumber(deliveries[state], language)} ${wordOf(STATE_WORDS[state], language, deliveries[state])}`,
  )
  const head = texts.watch.head(formatNumber(accepted, language), counts.join(', '))
  return `${head}\n\n${renderTable(texts.heads.integrations, rows)}`
}
