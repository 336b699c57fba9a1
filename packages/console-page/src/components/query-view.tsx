import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { ProblemBox } from './problem-box.tsx'

type QueryViewProps<T> = {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  children: (data: T) => ReactNode
}

/** Shows what a query has found; what was found stays on the screen while it cannot be asked for again. */
export const QueryView = <T,>({ query, children }: QueryViewProps<T>) => {
  const { data, error, refetch } = query
  return (
    <>
      {error ? <ProblemBox error={error} onRetry={() => void refetch()} /> : undefined}
      {data === undefined ? error ? undefined : <Loading /> : children(data)}
    </>
  )
}
