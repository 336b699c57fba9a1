import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { centersQuery } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { VirtualTable } from '../../components/virtual-table.tsx'
import type { City } from '../../lib/cities.ts'
import { isCenterId } from '../../lib/search-kind.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { useWords } from '../../lib/use-words.ts'
import { placeOfCenter } from '../../places.ts'
import { useCenterColumns } from './center-columns.tsx'
import { CenterSearch } from './center-search.tsx'

/** Finds centres by what people know of them. */
const CentersPage = () => {
  const { t } = useWords()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [city, setCity] = useState<City>()
  const q = useDebounced(text.trim())
  const query = useInfiniteQuery(centersQuery({ q: q === '' ? undefined : q, cityCode: city?.code }))
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const columns = useCenterColumns()
  const isFiltered = q !== '' || city !== undefined
  const { fetchNextPage } = query
  const more = useMemo(() => () => void fetchNextPage(), [fetchNextPage])

  return (
    <>
      <PageHead title={t('centers.title')} />
      <CenterSearch
        text={text}
        onText={(typed) => (isCenterId(typed) ? navigate(placeOfCenter(typed.trim())) : setText(typed))}
        city={city}
        onCity={(chosen) => {
          setCity(chosen)
          setText('')
        }}
      />
      <QueryView query={query}>
        {() =>
          rows.length === 0 && !query.hasNextPage ? (
            <Empty text={t(isFiltered ? 'centers.empty' : 'centers.emptyAll')}>
              {isFiltered ? undefined : (
                <ButtonLink look="primary" href="/register">
                  {t('centers.registerFirst')}
                </ButtonLink>
              )}
            </Empty>
          ) : (
            <VirtualTable
              label={t('centers.list')}
              columns={columns}
              rows={rows}
              keyOf={({ id }) => id}
              layout="centers"
              hasMore={query.hasNextPage}
              isLoadingMore={query.isFetchingNextPage}
              onMore={more}
            />
          )
        }
      </QueryView>
    </>
  )
}

export default CentersPage
