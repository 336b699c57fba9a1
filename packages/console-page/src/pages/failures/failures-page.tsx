import { useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { failureGroupsQuery, integrationsQuery } from '../../api/queries.ts'
import { Choice } from '../../components/choice.tsx'
import { Empty } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useWords } from '../../hooks/use-words.ts'
import { placeOfFailures } from '../../places.ts'
import { FailureGroupCard } from './failure-group-card.tsx'
import { UnreadableMessages } from './unreadable-messages.tsx'

const ALL = ''

/** What fails, by cause, and what to do about it. */
const FailuresPage = () => {
  const { t } = useWords()
  const [, navigate] = useLocation()
  const [search] = useSearchParams()
  const chosen = search.get('integration') ?? ALL
  const integrations = useQuery(integrationsQuery)
  const groups = useQuery(failureGroupsQuery)
  const options = [
    { value: ALL, label: t('common.all') },
    ...(integrations.data ?? []).map(({ name, displayName }) => ({ value: name, label: displayName })),
  ]
  return (
    <>
      <PageHead title={t('failures.title')}>{t('failures.intro')}</PageHead>
      <Choice
        label={t('failures.filter')}
        options={options}
        value={chosen}
        onChange={(name) => navigate(name === ALL ? '/failures' : placeOfFailures(name))}
      />
      <QueryView query={groups}>
        {(items) => {
          const shown = items.filter(({ integration }) => chosen === ALL || integration === chosen)
          if (shown.length === 0) return <Empty text={`${t('failures.none')} ${t('failures.noneText')}`} />
          return (
            <ul className="groups">
              {shown.map((group) => (
                <li key={`${group.integration} ${group.kind} ${group.cause}`}>
                  <FailureGroupCard group={group} />
                </li>
              ))}
            </ul>
          )
        }}
      </QueryView>
      <UnreadableMessages />
    </>
  )
}

export default FailuresPage
