import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { integrationsQuery } from '../api/queries.ts'

/** Gives the name that people call a system by; until it is known, or where it has left the list, the one of the list. */
export const useSystemName = (): ((integration: string) => string) => {
  const { data } = useQuery(integrationsQuery)
  return useCallback(
    (integration) => data?.find(({ name }) => name === integration)?.displayName ?? integration,
    [data],
  )
}
