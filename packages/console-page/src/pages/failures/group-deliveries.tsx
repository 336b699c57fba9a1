import type { Delivery, FailureGroup } from '@mensageria/contracts/browser'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { deliveriesQuery } from '../../api/queries.ts'
import { SimulatedBadge, StateBadge } from '../../components/badge.tsx'
import { CenterName } from '../../components/center-name.tsx'
import { PagedTable } from '../../components/tables/paged-table.tsx'
import type { Column } from '../../components/tables/virtual-table.tsx'
import { useWords } from '../../hooks/use-words.ts'

const useColumns = (): Column<Delivery>[] => {
  const { t, shortDate, number } = useWords()
  return useMemo(
    () => [
      {
        id: 'center',
        header: t('failures.center'),
        cell: ({ row: { original } }) => <CenterName id={original.centerId} />,
      },
      {
        id: 'state',
        header: t('failures.state'),
        cell: ({ row: { original } }) => (
          <>
            <StateBadge state={original.state} /> <SimulatedBadge of={original} />
          </>
        ),
      },
      {
        id: 'attempts',
        header: t('failures.attempts'),
        cell: ({ row: { original } }) => number(original.attempts),
      },
      {
        id: 'lastAttempt',
        header: t('failures.lastAttempt'),
        cell: ({ row: { original } }) =>
          original.lastAttemptAt === undefined ? (
            '–'
          ) : (
            <time dateTime={original.lastAttemptAt}>{shortDate(original.lastAttemptAt)}</time>
          ),
      },
      {
        id: 'message',
        header: t('failures.message'),
        cell: ({ row: { original } }) => (
          <span title={original.lastFailure?.message}>{original.lastFailure?.message ?? '–'}</span>
        ),
      },
    ],
    [t, shortDate, number],
  )
}

/** Every delivery of a failure group, as far as somebody scrolls. */
export const GroupDeliveries = ({ group: { integration, cause, kind } }: { group: FailureGroup }) => {
  const { t } = useWords()
  const query = useInfiniteQuery(deliveriesQuery({ integration, cause, kind }))
  const columns = useColumns()
  return (
    <PagedTable
      query={query}
      label={t('failures.deliveries')}
      columns={columns}
      keyOf={({ centerId }) => centerId}
      layout="deliveries"
    />
  )
}
