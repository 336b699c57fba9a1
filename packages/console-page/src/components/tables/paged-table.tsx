import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import type { Page } from '../../api/queries.ts'
import { QueryView } from '../query-view.tsx'
import { VirtualTable, type TableShape } from './virtual-table.tsx'

type PagedTableProps<T extends object> = TableShape<T> & {
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  /** Stands where the table would be, once it is known that there is no row. */
  empty?: ReactNode
}

/** A table of a list that comes page by page, as far as somebody scrolls. */
export const PagedTable = <T extends object>({ query, empty, ...shape }: PagedTableProps<T>) => {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const more = useMemo(() => () => void fetchNextPage(), [fetchNextPage])
  return (
    <QueryView query={query}>
      {() =>
        empty !== undefined && rows.length === 0 && !hasNextPage ? (
          empty
        ) : (
          <VirtualTable
            {...shape}
            rows={rows}
            hasMore={hasNextPage}
            isLoadingMore={isFetchingNextPage}
            onMore={more}
          />
        )
      }
    </QueryView>
  )
}
