import { RESULT_WORDS, SIMULATED_WORDS, triggerWords, type Attempt } from '@mensageria/contracts/browser'
import { useCauseWords } from '../../hooks/use-cause-words.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'

const SECOND_MS = 1000

type AttemptLineProps = { integration: string; attempt: Attempt; current: number }

/** One attempt on the time line: when, who asked for it, how it ended and why. */
export const AttemptLine = ({ integration, attempt, current }: AttemptLineProps) => {
  const { t, label, phrase, time, dateTime, duration, language } = useWords()
  const now = useNow()
  const { at, trigger, result, cause, durationMs, version, simulated } = attempt
  const took =
    durationMs < SECOND_MS
      ? new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' }).format(Math.round(durationMs))
      : duration(durationMs)
  const words = useCauseWords()
  return (
    <li className={`attempt attempt-${result}`}>
      <span className={`dot bg-result-${result}`} aria-hidden="true" />
      <div>
        <p>
          <strong>{label(RESULT_WORDS[result])}</strong>{' '}
          <time dateTime={at} title={dateTime(at)}>
            {time(at, now)}
          </time>
        </p>
        {cause === undefined ? undefined : <p>{words(integration, cause, result).title}</p>}
        <p className="small">
          {phrase(triggerWords(trigger))}, {t('story.took', { duration: took })}
          {simulated ? `, ${phrase(SIMULATED_WORDS)}` : ''}
          {version === current ? '' : `, ${t('story.version', { version })}`}
        </p>
      </div>
    </li>
  )
}
