import { STATE_WORDS, type Integration, type Summary } from '@mensageria/contracts/browser'
import { STATES, StateBar, StateLegend } from '../../components/state-bar.tsx'
import { useWords } from '../../hooks/use-words.ts'

const Stat = ({ label, value }: { label: string; value: number }) => {
  const { number } = useWords()
  return (
    <div className="stat">
      <dt>{label}</dt>
      <dd>{number(value)}</dd>
    </div>
  )
}

type TotalsProps = { summary: Summary; integrations: readonly Integration[] }

/** The numbers of the whole system. The states add up to what is owed, and it is shown that they do. */
export const Totals = ({ summary, integrations }: TotalsProps) => {
  const { t, number, many } = useWords()
  const { accepted, deliveries, openEvents } = summary
  const systems = integrations.length
  const without = integrations.reduce((sum, { beforeSince = 0 }) => sum + beforeSince, 0)
  const total = STATES.reduce((sum, state) => sum + deliveries[state], 0)
  const parts = STATES.map((state) => number(deliveries[state])).join(' + ')
  const less = without > 0 ? `, ${t('overview.without', { count: without })}` : ''
  return (
    <section className="panel" aria-label={t('overview.distribution')}>
      <dl className="stats">
        <Stat label={t('overview.centers')} value={accepted} />
        <Stat label={t('overview.deliveries')} value={total} />
        <Stat label={many(STATE_WORDS.delivered)} value={deliveries.delivered} />
        <Stat label={t('overview.open')} value={total - deliveries.delivered} />
      </dl>
      <StateBar counts={deliveries} />
      <StateLegend counts={deliveries} all />
      <p className="small">
        {t('overview.sum', { total: number(total), parts })}
        {systems > 0 ? ` (${t('overview.owed', { count: systems, centers: number(accepted) })}${less})` : ''}
        {openEvents > 0 ? ` · ${t('overview.openEvents', { count: openEvents })}` : ''}
      </p>
    </section>
  )
}
