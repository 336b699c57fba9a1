import { isoTime } from '@mensageria/contracts'
import type { BackfillPlan } from '@mensageria/core'

const WHY = {
  new: 'is new',
  real: 'gets a real system',
  'owed-more': 'is back in the list, or its since lies earlier than before',
} as const satisfies Record<BackfillPlan['why'], string>

const number = new Intl.NumberFormat('en')
const seconds = (at: number): string => isoTime(at).replace(/\.\d+/, '')

/** What a backfill that is to come means for who has added the row, and what to write to have it otherwise. */
export const backfillText = ({
  integration,
  count,
  asOf,
  beginsAt,
  ratePerSecond,
  why,
}: BackfillPlan): string => {
  const centers = count === 1 ? 'center' : 'centers'
  const from = beginsAt <= asOf ? 'from now on' : `from about ${isoTime(beginsAt).slice(11, 16)} UTC`
  return (
    `${integration} ${WHY[why]}: ${number.format(count)} ${centers} registered before now will be sent to it, ` +
    `${from}, at ${number.format(ratePerSecond)} per second at most; to begin with what is registered from now on, ` +
    `set "since": "${seconds(asOf)}" in its row`
  )
}
