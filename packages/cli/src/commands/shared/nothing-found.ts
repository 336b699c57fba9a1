import type { RedriveDryRun } from '@mensageria/client'
import { STATE_WORDS } from '@mensageria/contracts/words'
import type { Context } from '../../context.ts'
import { wordOf } from '../../language/word-of.ts'
import { formatNumber } from '../../screen/format.ts'
import { STATES } from '../deliveries.ts'

/** Why a redrive of these states found nothing, a line each: in which states the deliveries are, and what sends them. */
export const nothingFound = (
  { stateCounts, beforeSince = 0 }: RedriveDryRun,
  states: readonly string[],
  { texts: { redrive }, language }: Context,
): string[] => {
  if (!stateCounts) return []
  const number = (count: number) => formatNumber(count, language)
  const found = STATES.filter((state) => stateCounts[state] > 0)
  const total = found.reduce((sum, state) => sum + stateCounts[state], 0)
  const parts = found.map(
    (state) => `${number(stateCounts[state])} ${wordOf(STATE_WORDS[state], language, stateCounts[state])}`,
  )
  const isOther = (state: (typeof STATES)[number]) => stateCounts[state] > 0 && !states.includes(state)
  return [
    total === 0 ? redrive.none : redrive.noneOf(number(total), parts.join(', ')),
    ...(isOther('waiting') ? [redrive.sendWaiting] : []),
    ...(isOther('retrying') ? [redrive.sendRetrying] : []),
    ...(beforeSince > 0 && !states.includes('waiting') ? [redrive.sendOlder(number(beforeSince))] : []),
    ...(found.length === 1 && isOther('delivered') ? [redrive.sendDelivered] : []),
  ]
}
