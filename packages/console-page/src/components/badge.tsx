import {
  HEALTH_WORDS,
  SIMULATED_WORDS,
  STATE_WORDS,
  type Integration,
  type ShownState,
} from '@mensageria/contracts/browser'
import { useWords } from '../hooks/use-words.ts'

/** How an integration is, in one word. */
export const HealthBadge = ({ health }: { health: Integration['health'] }) => {
  const { label } = useWords()
  return <span className={`badge health-${health}`}>{label(HEALTH_WORDS[health])}</span>
}

/** The state of a delivery; the words that explain it are its title. */
export const StateBadge = ({ state }: { state: ShownState }) => {
  const { t, label } = useWords()
  return (
    <span className={`badge state-${state}`} title={t(`stateHint.${state}`)}>
      {label(STATE_WORDS[state])}
    </span>
  )
}

type Markable = { simulated?: true | undefined }

/** Says that a simulator answers for a system, or answered for a delivery; nothing where none does. */
export const SimulatedBadge = ({ of: { simulated } }: { of: Markable }) => {
  const { t, label } = useWords()
  if (!simulated) return undefined
  return (
    <span className="badge simulated" title={t('stateHint.simulated')}>
      {label(SIMULATED_WORDS)}
    </span>
  )
}
