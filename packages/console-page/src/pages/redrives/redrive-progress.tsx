import { STATE_WORDS, type Redrive } from '@mensageria/contracts/browser'
import { ProgressBar } from 'react-aria-components'
import { useWords } from '../../hooks/use-words.ts'

const NUMBERS = ['delivered', 'failed', 'skipped', 'inFlight', 'remaining'] as const
const FILLS = {
  delivered: 'delivered',
  failed: 'rejected',
  skipped: 'waiting',
  inFlight: 'delivering',
  remaining: 'remaining',
} as const

const WIDTH = 1000

/** How far a redrive has got, as a bar and in the numbers that add up to its total. */
export const RedriveProgress = ({ redrive }: { redrive: Redrive }) => {
  const { t, number, many } = useWords()
  const total = Math.max(1, redrive.total)
  const widths = NUMBERS.map((name) => (redrive[name] / total) * WIDTH)
  const settled = redrive.delivered + redrive.failed + redrive.skipped
  return (
    <ProgressBar aria-label={t('redrives.progress')} value={settled} maxValue={total}>
      <svg className="state-bar" viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="state-bar-empty" width={WIDTH} height={8} />
        {NUMBERS.map((name, index) => (
          <rect
            key={name}
            className={`fill-${FILLS[name]}`}
            x={widths.slice(0, index).reduce((sum, width) => sum + width, 0)}
            width={widths[index]}
            height={8}
          />
        ))}
      </svg>
      <ul className="legend">
        <li>
          {t('redrives.total')}{' '}
          <strong>
            {redrive.more ? t('redrives.atLeast', { total: number(redrive.total) }) : number(redrive.total)}
          </strong>
        </li>
        {NUMBERS.map((name) => (
          <li key={name}>
            <span className={`dot bg-${FILLS[name]}`} aria-hidden="true" />
            {name === 'delivered' ? many(STATE_WORDS.delivered) : t(`redrives.${name}`)}{' '}
            <strong>{number(redrive[name])}</strong>
          </li>
        ))}
      </ul>
    </ProgressBar>
  )
}
