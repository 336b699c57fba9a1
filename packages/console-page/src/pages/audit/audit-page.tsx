import { reasonLabel, type AuditEntry } from '@mensageria/contracts/browser'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { auditQuery } from '../../api/queries.ts'
import { Empty } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { PagedTable } from '../../components/tables/paged-table.tsx'
import type { Column } from '../../components/tables/virtual-table.tsx'
import { auditWords } from '../../words/audit-words.ts'
import { useSystemName } from '../../hooks/use-system-name.ts'
import { useWords } from '../../hooks/use-words.ts'

const Cut = ({ text }: { text: string }) => <span title={text}>{text}</span>

const useColumns = (): Column<AuditEntry>[] => {
  const words = useWords()
  const systemName = useSystemName()
  return useMemo(() => {
    const { t, shortDate, dateTime, language } = words
    const cut = (name: 'actor' | 'action' | 'target'): Column<AuditEntry> => ({
      id: name,
      header: t(`audit.${name}`),
      cell: ({ row: { original } }) => <Cut text={auditWords(original, { ...words, systemName })[name]} />,
    })
    return [
      {
        id: 'at',
        header: t('audit.at'),
        cell: ({ row: { original } }) => (
          <time dateTime={original.at} title={dateTime(original.at)}>
            {shortDate(original.at)}
          </time>
        ),
      },
      cut('actor'),
      cut('action'),
      cut('target'),
      {
        id: 'reason',
        header: t('audit.reason'),
        cell: ({ row: { original } }) => <Cut text={reasonLabel(original.reason, language)} />,
      },
    ]
  }, [words, systemName])
}

/** Who changed what, and why: as far back as somebody scrolls. */
const AuditPage = () => {
  const { t } = useWords()
  const query = useInfiniteQuery(auditQuery)
  const columns = useColumns()
  return (
    <>
      <PageHead title={t('audit.title')}>{t('audit.intro')}</PageHead>
      <PagedTable
        query={query}
        label={t('audit.list')}
        columns={columns}
        keyOf={({ at, action, target }) => `${at} ${action} ${target}`}
        layout="audit"
        empty={<Empty text={t('audit.empty')} />}
      />
    </>
  )
}

export default AuditPage
