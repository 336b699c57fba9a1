import type { RecentAttempts } from '@mensageria/contracts/browser'
import { useWords } from '../../hooks/use-words.ts'

type Minute = RecentAttempts['items'][number]['minutes'][number]

const BAR = 8
const GAP = 2
const HEIGHT = 56

const Bar = ({ minute, index, scale }: { minute: Minute; index: number; scale: number }) => {
  const { number, time, t } = useWords()
  const { delivered, failed, at } = minute
  if (delivered + failed === 0) return undefined
  const x = index * (BAR + GAP)
  // One failure among a thousand successes must still be seen.
  const failedHeight = failed === 0 ? 0 : Math.max(2, failed * scale)
  const deliveredHeight = delivered === 0 ? 0 : Math.max(2, delivered * scale)
  return (
    <g>
      <title>{`${time(at, Date.parse(at))}: ${number(delivered)} ${t('overview.succeeded')}, ${number(failed)} ${t('overview.failed')}`}</title>
      <rect
        className="fill-delivered"
        x={x}
        y={HEIGHT - deliveredHeight}
        width={BAR}
        height={deliveredHeight}
      />
      <rect
        className="fill-rejected"
        x={x}
        y={HEIGHT - deliveredHeight - failedHeight}
        width={BAR}
        height={failedHeight}
      />
    </g>
  )
}

type AttemptsChartProps = { minutes: readonly Minute[] }

/** The attempts of the last hour, a bar for each minute; its caption says the same in numbers. */
export const AttemptsChart = ({ minutes }: AttemptsChartProps) => {
  const { t, number } = useWords()
  const highest = Math.max(1, ...minutes.map(({ delivered, failed }) => delivered + failed))
  const scale = (HEIGHT - 4) / highest
  const all = minutes.reduce((sum, { delivered, failed }) => sum + delivered + failed, 0)
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0)
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${minutes.length * (BAR + GAP) - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('overview.lastHour')}
      >
        <line className="chart-base" x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
        {minutes.map((minute, index) => (
          <Bar key={minute.at} minute={minute} index={index} scale={scale} />
        ))}
      </svg>
      <figcaption>{t('overview.chart', { count: all, failed: number(failed) })}</figcaption>
    </figure>
  )
}
