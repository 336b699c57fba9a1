import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { centersQuery } from '../../api/queries.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { PagedTable } from '../../components/tables/paged-table.tsx'
import type { City } from '../../format/cities.ts'
import { isCenterId } from '../../format/search-kind.ts'
import { useDebounced } from '../../hooks/use-debounced.ts'
import { useMay } from '../../hooks/use-may.ts'
import { useWords } from '../../hooks/use-words.ts'
import { placeOfCenter } from '../../places.ts'
import { useCenterColumns } from './center-columns.tsx'
import { CenterSearch } from './center-search.tsx'

/** Finds centers by what people know of them. */
const CentersPage = () => {
  const { t } = useWords()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [city, setCity] = useState<City>()
  const q = useDebounced(text.trim())
  const query = useInfiniteQuery(centersQuery({ q: q === '' ? undefined : q, cityCode: city?.code }))
  const columns = useCenterColumns()
  const isFiltered = q !== '' || city !== undefined
  const mayRegister = useMay('register')

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
      <PagedTable
        query={query}
        label={t('centers.list')}
        columns={columns}
        keyOf={({ id }) => id}
        layout="centers"
        empty={
          <Empty text={t(isFiltered ? 'centers.empty' : 'centers.emptyAll')}>
            {isFiltered || !mayRegister ? undefined : (
              <ButtonLink look="primary" href="/register">
                {t('centers.registerFirst')}
              </ButtonLink>
            )}
          </Empty>
        }
      />
    </>
  )
}

export default CentersPage
