import type { DistributionCenter } from '@mensageria/contracts/browser'
import { useMemo } from 'react'
import { Link } from '../../components/button.tsx'
import type { Column } from '../../components/tables/virtual-table.tsx'
import { formatTaxId } from '../../format/tax-id.ts'
import { useWords } from '../../hooks/use-words.ts'
import { placeOfCenter } from '../../places.ts'

/** The columns of the list of centers. */
export const useCenterColumns = (): Column<DistributionCenter>[] => {
  const { t, shortDate } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('centers.name'),
        cell: ({ row: { original } }) => <Link href={placeOfCenter(original.id)}>{original.name}</Link>,
      },
      {
        id: 'taxId',
        header: t('centers.taxId'),
        cell: ({ row: { original } }) => <span className="mono">{formatTaxId(original.taxId)}</span>,
      },
      { id: 'code', header: t('centers.code'), cell: ({ row: { original } }) => original.code ?? '–' },
      {
        id: 'city',
        header: t('centers.city'),
        cell: ({ row: { original } }) => `${original.address.city} (${original.address.state})`,
      },
      {
        id: 'createdAt',
        header: t('centers.createdAt'),
        cell: ({ row: { original } }) => (
          <time dateTime={original.createdAt}>{shortDate(original.createdAt)}</time>
        ),
      },
    ],
    [t, shortDate],
  )
}
