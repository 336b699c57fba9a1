import { STATE_WORDS, type ShownState, type Summary } from '@mensageria/contracts/browser'
import { useWords } from '../hooks/use-words.ts'

/** Every state in the order in which a delivery usually passes through them. */
export const STATES = [
  'delivered',
  'delivering',
  'waiting',
  'retrying',
  'parked',
  'rejected',
] as const satisfies ShownState[]

type Counts = Summary['deliveries']

const HEIGHT = 8
const WIDTH = 1000

/** How many deliveries are in each state, as one bar; who cannot see it reads the legend. */
export const StateBar = ({ counts }: { counts: Counts }) => {
  const total = Math.max(
    1,
    STATES.reduce((sum, state) => sum + counts[state], 0),
  )
  const widths = STATES.map((state) => (counts[state] / total) * WIDTH)
  return (
    <svg
      className="state-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="state-bar-empty" width={WIDTH} height={HEIGHT} />
      {STATES.map((state, index) => {
        const x = widths.slice(0, index).reduce((sum, width) => sum + width, 0)
        return <rect key={state} className={`fill-${state}`} x={x} width={widths[index]} height={HEIGHT} />
      })}
    </svg>
  )
}

/** The numbers of a bar. `all` shows the states without deliveries, too. */
export const StateLegend = ({ counts, all = false }: { counts: Counts; all?: boolean }) => {
  const { t, number, label } = useWords()
  return (
    <ul className="legend">
      {STATES.filter((state) => all || counts[state] > 0).map((state) => (
        <li key={state} title={t(`stateHint.${state}`)}>
          <span className={`dot bg-${state}`} aria-hidden="true" />
          {label(STATE_WORDS[state])} <strong>{number(counts[state])}</strong>
        </li>
      ))}
    </ul>
  )
}
