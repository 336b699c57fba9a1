import { Presets, SingleBar } from 'cli-progress'
import type { Context } from '../context.ts'
import { createRate } from '../import/rate.ts'
import { formatDuration, formatNumber } from './format.ts'

type Counts = { rows: number; rejected: number }

type ProgressBar = {
  update(counts: Counts, bytesRead: number): void
  stop(): void
}

const sayer = (bytesTotal: number, { texts, language }: Context, now: () => number) => {
  const rate = createRate(now)
  return ({ rows, rejected }: Counts, bytesRead: number): string => {
    rate.mark(rows, bytesRead)
    const { rowsPerSecond, leftMs } = rate.read(bytesTotal)
    const left = leftMs === undefined ? '' : texts.import.left(formatDuration(leftMs))
    return texts.import.bar(
      formatNumber(rows, language),
      formatNumber(Math.round(rowsPerSecond), language),
      left,
      formatNumber(rejected, language),
    )
  }
}

const LINE_MS = 10_000

// In a log every line is kept: few of them, and no drawing.
const startLines = (bytesTotal: number, context: Context, now: () => number): ProgressBar => {
  const say = sayer(bytesTotal, context, now)
  let last = now()
  return {
    update: (counts, bytesRead) => {
      const said = say(counts, bytesRead)
      if (now() - last < LINE_MS) return
      last = now()
      context.io.err(said)
    },
    stop: () => undefined,
  }
}

const startDrawing = (bytesTotal: number, context: Context, now: () => number): ProgressBar => {
  const say = sayer(bytesTotal, context, now)
  const format = '{bar} {percentage}%  {said}'
  const bar = new SingleBar({ format, barsize: 24, hideCursor: true }, Presets.shades_classic)
  bar.start(Math.max(1, bytesTotal), 0, { said: '' })
  return {
    update: (counts, bytesRead) =>
      bar.update(Math.min(bytesRead, bytesTotal), { said: say(counts, bytesRead) }),
    stop: () => bar.stop(),
  }
}

/** A bar with rate and time left on a terminal; where there is none, a line now and then. */
export const startProgressBar = (
  bytesTotal: number,
  context: Context,
  now: () => number = () => performance.now(),
): ProgressBar => (context.io.errIsTerminal ? startDrawing : startLines)(bytesTotal, context, now)
