import {
  HEALTH_WORDS,
  INTEGRATION_KIND_WORDS,
  type Integration,
  type RecentAttempts,
} from '@mensageria/contracts/browser'
import { HealthBadge, SimulatedBadge } from '../../components/badge.tsx'
import { Link } from '../../components/button.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { StateBar, StateLegend } from '../../components/state-bar.tsx'
import { whoWords } from '../../words/audit-words.ts'
import { describeHealth, type Fact } from '../../words/describe-health.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useWords, type Words } from '../../hooks/use-words.ts'
import { placeOfFailures } from '../../places.ts'
import { AttemptsChart } from './attempts-chart.tsx'
import { OlderCenters } from './older-centers.tsx'
import { PauseButton } from './pause-button.tsx'

const wordsOf = (fact: Fact, words: Words): string => {
  const { t, duration, phrase } = words
  switch (fact.key) {
    case 'waiting':
    case 'rejected':
    case 'window':
      return t(`fact.${fact.key}`, { count: fact.count })
    case 'pausedFor':
      return t('fact.pausedFor', {
        health: phrase(HEALTH_WORDS.paused),
        duration: duration(fact.ms),
        by: whoWords(fact.by, words),
        reason: fact.reason,
      })
    case 'down':
    case 'failing':
      return fact.ms === undefined
        ? phrase(HEALTH_WORDS[fact.key])
        : t('fact.since', { health: phrase(HEALTH_WORDS[fact.key]), duration: duration(fact.ms) })
    case 'nextIn':
    case 'lastSuccess':
      return t(`fact.${fact.key}`, { duration: duration(fact.ms) })
    case 'recovering':
    case 'healthy':
    case 'idle':
    case 'nextSoon':
      return t(`fact.${fact.key}`)
    default:
      return fact satisfies never
  }
}

const Age = ({ label, at }: { label: string; at: string | undefined }) => {
  const { t, duration, dateTime } = useWords()
  const now = useNow()
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {at === undefined ? (
          t('overview.never')
        ) : (
          <time dateTime={at} title={dateTime(at)}>
            {t('common.ago', { duration: duration(now - Date.parse(at)) })}
          </time>
        )}
      </dd>
    </div>
  )
}

/** How it goes to its system, where that is configuration: with its name in the list, which commands take. */
const Target = ({ integration: { name, kind, target } }: { integration: Integration }) => {
  const { label } = useWords()
  if (target === undefined) return undefined
  return (
    <p className="small break">
      {label(INTEGRATION_KIND_WORDS[kind])} · {target} · <code>{name}</code>
    </p>
  )
}

type IntegrationCardProps = {
  integration: Integration
  outageAt: number | undefined
  minutes: RecentAttempts['items'][number]['minutes'] | undefined
}

/** One integration: how it fares in words, its backlog, its last hour, and the button that pauses it. */
export const IntegrationCard = ({ integration, outageAt, minutes }: IntegrationCardProps) => {
  const words = useWords()
  const { t } = words
  const now = useNow()
  const { name, displayName, health, counts, oldestUndeliveredAt, lastSuccessAt, lastFailureAt } = integration
  const facts = describeHealth(integration, outageAt, now)
  const hasFailures = counts.retrying + counts.parked + counts.rejected > 0
  return (
    <article
      className={`card card-${health === 'healthy' && counts.rejected > 0 ? 'attention' : health}`}
      aria-labelledby={`card-${name}`}
    >
      <header>
        <h3 id={`card-${name}`}>{displayName}</h3>
        <span>
          <SimulatedBadge of={integration} /> <HealthBadge health={health} />
        </span>
      </header>
      <Target integration={integration} />
      <p className="sentence">{facts.map((fact) => wordsOf(fact, words)).join(', ')}.</p>
      <StateBar counts={counts} />
      <StateLegend counts={counts} />
      <OlderCenters integration={integration} />
      <dl className="ages">
        {oldestUndeliveredAt === undefined ? undefined : (
          <Age label={t('overview.oldest')} at={oldestUndeliveredAt} />
        )}
        <Age label={t('overview.lastSuccess')} at={lastSuccessAt} />
        <Age label={t('overview.lastFailure')} at={lastFailureAt} />
      </dl>
      {minutes ? <AttemptsChart minutes={minutes} /> : undefined}
      <footer>
        <ForOperators>
          <PauseButton integration={integration} />
        </ForOperators>
        {hasFailures ? <Link href={placeOfFailures(name)}>{t('overview.seeFailures')}</Link> : undefined}
      </footer>
    </article>
  )
}
