import { tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useWords } from '../../hooks/use-words.ts'

const features = tableFeatures({})

/** A column of a `VirtualTable`. */
export type Column<T extends object> = ColumnDef<typeof features, T>

/** What a table shows of each row. */
export type TableShape<T extends object> = {
  label: string
  columns: Column<T>[]
  keyOf: (row: T) => string
  /** Fractions of the width, in the order of the columns. */
  layout: 'centers' | 'deliveries' | 'audit'
}

type VirtualTableProps<T extends object> = TableShape<T> & {
  rows: T[]
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
}

const ROW_HEIGHT = 48
// So many rows before the end the next page is asked for.
const AHEAD = 10

/** A long table: only the rows that can be seen are in the page, and the next ones are loaded before the end is reached. */
export const VirtualTable = <T extends object>({
  label,
  columns,
  rows,
  keyOf,
  layout,
  hasMore,
  isLoadingMore,
  onMore,
}: VirtualTableProps<T>) => {
  const { t } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const table = useTable({ features, columns, data: rows, getRowId: keyOf })
  const model = table.getRowModel().rows
  // What it returns changes without telling a memo: this component has none.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && last >= model.length - AHEAD) onMore()
  }, [hasMore, isLoadingMore, last, model.length, onMore])

  return (
    // What scrolls must be reachable by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroller" ref={scroller} tabIndex={0} role="region" aria-label={label}>
      <table
        className={`table table-${layout}`}
        aria-label={label}
        aria-rowcount={hasMore ? -1 : model.length + 1}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = model[item.index]
            if (!row) return undefined
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.getAllCells().map((cell) => (
                  <td key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {isLoadingMore ? (
        <p className="small" role="status">
          {t('common.loading')}
        </p>
      ) : undefined}
    </div>
  )
}
