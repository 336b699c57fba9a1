import { useInfiniteQuery } from '@tanstack/react-query'
import { redrivesQuery } from '../../api/queries.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { ForOperators } from '../../components/for-operators.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useWords } from '../../hooks/use-words.ts'
import { NewRedrive } from './new-redrive.tsx'
import { RedriveCard } from './redrive-card.tsx'

/** What people have asked to be sent again: a new one, those that run, and those that have ended. */
const RedrivesPage = () => {
  const { t } = useWords()
  const query = useInfiniteQuery(redrivesQuery)
  return (
    <>
      <PageHead title={t('redrives.title')}>{t('redrives.intro')}</PageHead>
      <ForOperators>
        <NewRedrive />
      </ForOperators>
      <h2>{t('redrives.history')}</h2>
      <QueryView query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0) return <Empty text={t('redrives.empty')} />
          return (
            <ul className="groups">
              {items.map((redrive) => (
                <li key={redrive.id}>
                  <RedriveCard redrive={redrive} />
                </li>
              ))}
            </ul>
          )
        }}
      </QueryView>
      {query.hasNextPage ? (
        <Button onPress={() => void query.fetchNextPage()} isPending={query.isFetchingNextPage}>
          {t('common.more')}
        </Button>
      ) : undefined}
    </>
  )
}

export default RedrivesPage
