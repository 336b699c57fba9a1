import { Presets, SingleBar } from 'cli-progress'
import type { Context } from '../context.ts'
import { createRate } from '../import/rate.ts'
import { formatDuration, formatNumber } from './format.ts'

/** A bar with rate and time left on a terminal; where there is none, a line now and then. */
export const startProgressBar = (bytesTotal: number, { io, texts, language }: Context) => {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}%  {said}',
      barsize: 24,
      hideCursor: true,
      noTTYOutput: !io.errIsTerminal,
      notTTYSchedule: 10_000,
    },
    Presets.shades_classic,
  )
  const rate = createRate(() => performance.now())
  bar.start(Math.max(1, bytesTotal), 0, { said: '' })
  return {
    update: ({ rows, rejected }: { rows: number; rejected: number }, bytesRead: number): void => {
      rate.mark(rows, bytesRead)
      const { rowsPerSecond, leftMs } = rate.read(bytesTotal)
      const left = leftMs === undefined ? '' : texts.import.left(formatDuration(leftMs))
      const said = texts.import.bar(
        formatNumber(rows, language),
        formatNumber(Math.round(rowsPerSecond), language),
        left,
        formatNumber(rejected, language),
      )
      bar.update(Math.min(bytesRead, bytesTotal), { said })
    },
    stop: () => bar.stop(),
  }
}
