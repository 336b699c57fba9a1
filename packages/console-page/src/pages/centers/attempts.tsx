import type { Delivery } from '@mensageria/contracts/browser'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../hooks/use-words.ts'
import { AttemptLine } from './attempt-line.tsx'

const SHOWN_AT_FIRST = 5

/** The time line of a delivery: the newest attempts, and on request all that are kept. */
export const Attempts = ({ delivery }: { delivery: Delivery }) => {
  const { t } = useWords()
  const [isWhole, showWhole] = useState(false)
  const { attempts, history, version } = delivery
  const shown = isWhole ? history : history.slice(-SHOWN_AT_FIRST)
  const forgotten = Math.max(0, attempts - history.filter((attempt) => attempt.version === version).length)
  return (
    <>
      <h4>{attempts === 0 ? t('story.noAttempts') : t('story.attempts', { count: attempts })}</h4>
      <div className="attempts">
        {shown.length < history.length ? (
          <Button look="quiet" onPress={() => showWhole(true)}>
            {t('story.earlier', { count: history.length - shown.length })}
          </Button>
        ) : undefined}
        {isWhole && forgotten > 0 ? (
          <p className="small">{t('story.forgotten', { count: forgotten })}</p>
        ) : undefined}
        <ol>
          {shown.map((attempt) => (
            <AttemptLine
              key={`${attempt.at} ${attempt.version}`}
              integration={delivery.integration}
              attempt={attempt}
              current={version}
            />
          ))}
        </ol>
      </div>
    </>
  )
}
