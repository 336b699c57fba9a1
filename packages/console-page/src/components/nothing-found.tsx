import { STATE_WORDS, type RedriveDryRun, type ShownState } from '@mensageria/contracts/browser'
import { useWords } from '../hooks/use-words.ts'
import { Button } from './button.tsx'
import { STATES } from './state-bar.tsx'

type NothingFoundProps = {
  found: RedriveDryRun
  /** The states that were asked for. */
  states: readonly ShownState[]
  /** Counts these instead. */
  onChoose: (states: ShownState[]) => void
}

const OFFERED = ['waiting', 'retrying'] as const

/** Says of a redrive that finds nothing in which states the deliveries are, and offers those that can be sent. */
export const NothingFound = ({ found, states, onChoose }: NothingFoundProps) => {
  const { t, number, label, many, join } = useWords()
  const { stateCounts, beforeSince = 0 } = found
  if (!stateCounts) return undefined
  const total = STATES.reduce((sum, state) => sum + stateCounts[state], 0)
  const parts = STATES.filter((state) => stateCounts[state] > 0).map((state) => {
    const words = STATE_WORDS[state]
    return `${number(stateCounts[state])} ${(stateCounts[state] === 1 ? label(words) : many(words)).toLowerCase()}`
  })
  const older = states.includes('waiting') ? 0 : beforeSince
  const offered = OFFERED.filter(
    (state) => !states.includes(state) && stateCounts[state] + (state === 'waiting' ? older : 0) > 0,
  )
  return (
    <>
      {total > 0 ? <p>{t('redrives.noneOf', { total: number(total), states: join(parts) })}</p> : undefined}
      {older > 0 ? <p>{t('redrives.older', { count: older })}</p> : undefined}
      {offered.map((state) => (
        <Button key={state} onPress={() => onChoose([state])}>
          {t('redrives.countInstead', { state: many(STATE_WORDS[state]) })}
        </Button>
      ))}
    </>
  )
}
