import type { Integration } from '@mensageria/contracts/browser'
import { useQuery } from '@tanstack/react-query'
import { attemptsQuery, failureGroupsQuery, integrationsQuery, summaryQuery } from '../../api/queries.ts'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { waitingCount } from '../../words/describe-health.ts'
import { outageSince } from '../../words/outage-since.ts'
import { useWords } from '../../hooks/use-words.ts'
import { IntegrationCard } from './integration-card.tsx'
import { Totals } from './totals.tsx'

const TROUBLE = new Set<Integration['health']>(['down', 'failing', 'paused'])

/** The state of everything in one sentence. */
const Headline = ({ integrations }: { integrations: readonly Integration[] }) => {
  const { t, join } = useWords()
  const troubled = integrations.filter(({ health, counts }) => TROUBLE.has(health) || counts.rejected > 0)
  const open = integrations.reduce((sum, integration) => sum + waitingCount(integration), 0)
  if (troubled.length > 0) {
    const names = join(troubled.map(({ displayName }) => displayName))
    return <>{t('overview.trouble', { count: troubled.length, names })}</>
  }
  return <>{open > 0 ? t('overview.working', { count: open }) : t('overview.allWell')}</>
}

/** Everything at a glance: the totals, and one card for each integration. */
export const OverviewPage = () => {
  const { t } = useWords()
  const integrations = useQuery(integrationsQuery)
  const summary = useQuery(summaryQuery)
  const groups = useQuery(failureGroupsQuery)
  const attempts = useQuery(attemptsQuery)
  return (
    <>
      <PageHead title={t('overview.title')}>
        {integrations.data ? <Headline integrations={integrations.data} /> : ' '}
      </PageHead>
      <QueryView query={summary}>
        {(data) => <Totals summary={data} integrations={integrations.data ?? []} />}
      </QueryView>
      <h2>{t('overview.integrations')}</h2>
      <QueryView query={integrations}>
        {(items) => (
          <ul className="cards">
            {items.map((integration) => (
              <li key={integration.name}>
                <IntegrationCard
                  integration={integration}
                  outageAt={outageSince(integration, groups.data ?? [])}
                  minutes={attempts.data?.items.find((one) => one.integration === integration.name)?.minutes}
                />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </>
  )
}
