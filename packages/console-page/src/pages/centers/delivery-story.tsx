import type { Delivery } from '@mensageria/contracts/browser'
import { SimulatedBadge, StateBadge } from '../../components/badge.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { deadLetterLeftMs } from '../../words/dead-letter-left.ts'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useCauseWords } from '../../hooks/use-cause-words.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'
import { Attempts } from './attempts.tsx'
import { RedriveButton } from './redrive-button.tsx'

const SOON_MS = 1000

const NextAttempt = ({ delivery }: { delivery: Delivery }) => {
  const { t, duration, time, dateTime } = useWords()
  const now = useNow()
  const { nextAttemptAt, notBefore } = delivery
  if (nextAttemptAt === undefined) return undefined
  const left = Date.parse(nextAttemptAt) - now
  return (
    <div>
      <dt>{t('story.next')}</dt>
      <dd>
        <time dateTime={nextAttemptAt} title={dateTime(nextAttemptAt)}>
          {left < SOON_MS ? t('story.nextSoon') : t('common.in', { duration: duration(left) })}
        </time>
        {notBefore === undefined ? undefined : (
          <small>{t('story.notBefore', { time: time(notBefore, now) })}</small>
        )}
      </dd>
    </div>
  )
}

const DeadLetter = ({ delivery, horizonHours }: DeliveryStoryProps) => {
  const { t, duration } = useWords()
  const now = useNow()
  const left = horizonHours === undefined ? undefined : deadLetterLeftMs(delivery, horizonHours, now)
  if (left === undefined) return undefined
  return (
    <div>
      <dt>{t('story.deadLetter')}</dt>
      <dd>
        {duration(left)}
        <small>{t('story.deadLetterText')}</small>
      </dd>
    </div>
  )
}

type FailureProps = { integration: string; failure: NonNullable<Delivery['lastFailure']> }

const Failure = ({ integration, failure }: FailureProps) => {
  const { title, advice } = useCauseWords()(integration, failure.cause, failure.kind)
  return (
    <div className="failure">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{advice}</p>
      <p className="quote">{failure.message}</p>
    </div>
  )
}

type DeliveryStoryProps = { delivery: Delivery; horizonHours: number | undefined }

/** How one center fares at one integration: its state, every attempt that is kept, why it failed, and what comes next. */
export const DeliveryStory = ({ delivery, horizonHours }: DeliveryStoryProps) => {
  const { t } = useWords()
  const systemName = useSystemName()
  const { integration, state, lastFailure, externalId } = delivery
  return (
    <article className={`card card-state-${state}`} aria-labelledby={`story-${integration}`}>
      <header>
        <h3 id={`story-${integration}`}>{systemName(integration)}</h3>
        <span>
          <SimulatedBadge of={delivery} /> <StateBadge state={state} />
        </span>
      </header>
      <p className="small">{t(delivery.simulated ? 'stateHint.simulated' : `stateHint.${state}`)}</p>
      {lastFailure && state !== 'delivered' ? (
        <Failure integration={integration} failure={lastFailure} />
      ) : undefined}
      <dl className="ages">
        <NextAttempt delivery={delivery} />
        <DeadLetter delivery={delivery} horizonHours={horizonHours} />
        {externalId === undefined ? undefined : (
          <div>
            <dt>{t('story.externalId')}</dt>
            <dd className="mono break">{externalId}</dd>
          </div>
        )}
      </dl>
      <Attempts delivery={delivery} />
      <ForOperators>
        <footer>
          <RedriveButton delivery={delivery} />
        </footer>
      </ForOperators>
    </article>
  )
}
