import type { Integration } from '@mensageria/contracts/browser'
import { History } from 'lucide-react'
import { Button, Link } from '../../components/button.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { RedriveDialog } from '../../components/redrive-dialog.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { useWords } from '../../hooks/use-words.ts'

const BackfillLine = ({ backfill }: { backfill: NonNullable<Integration['backfill']> }) => {
  const { t, number, time } = useWords()
  const now = useNow()
  const { state, count, remaining, beginsAt, ratePerSecond } = backfill
  if (state === 'planned') {
    const at = time(beginsAt, now)
    return <>{t('overview.backfillPlanned', { count, at, rate: number(ratePerSecond) })}</>
  }
  const done = number(count - remaining)
  return (
    <>
      {t(state === 'paused' ? 'overview.backfillPaused' : 'overview.backfillRunning', { count, done })}{' '}
      <Link href="/redrives">{t('overview.seeRedrives')}</Link>
    </>
  )
}

/** The centers from before an integration: to come, on their way, or not its own until somebody sends them. */
export const OlderCenters = ({ integration }: { integration: Integration }) => {
  const { t, dateTime } = useWords()
  const { name, displayName, since, backfill, beforeSince } = integration
  if (backfill) {
    return (
      <p className="small">
        <BackfillLine backfill={backfill} />
      </p>
    )
  }
  if (beforeSince === undefined || since === undefined) return undefined
  return (
    <div className="older">
      <p className="small">{t('overview.beforeSince', { count: beforeSince, at: dateTime(since) })}</p>
      <ForOperators>
        <RedriveDialog
          title={t('overview.sendOlderTitle', { name: displayName })}
          filter={{ integration: name, states: ['waiting'] }}
          trigger={
            <Button look="quiet">
              <History size={16} aria-hidden="true" />
              {t('overview.sendOlder')} <span className="visually-hidden">{displayName}</span>
            </Button>
          }
        />
      </ForOperators>
    </div>
  )
}
