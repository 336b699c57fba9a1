import type { Integration, ShownState } from '@mensageria/contracts/browser'
import { useWords } from '../hooks/use-words.ts'

/** How an integration is, in one word. */
export const HealthBadge = ({ health }: { health: Integration['health'] }) => {
  const { t } = useWords()
  return <span className={`badge health-${health}`}>{t(`health.${health}`)}</span>
}

/** The state of a delivery; the words that explain it are its title. */
export const StateBadge = ({ state }: { state: ShownState }) => {
  const { t } = useWords()
  return (
    <span className={`badge state-${state}`} title={t(`stateHint.${state}`)}>
      {t(`state.${state}`)}
    </span>
  )
}
