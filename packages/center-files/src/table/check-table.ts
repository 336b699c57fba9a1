import { FileRefused } from '../fault.ts'
import type { Limits } from '../row.ts'
import { isBlank, isShortened, toText } from './cell.ts'
import { missingIn, repeatedIn, toColumns, type Column } from './columns.ts'
import type { Cells } from './parse-rows.ts'

const SHORTENED_IN = new Set(['taxId', 'code', 'number', 'cityCode', 'postalCode', 'contactPhone'])

/** What the head of a table says. Throws `FileRefused` where a column is missing, or two say the same. */
export const readHead = ({ cells }: Cells): Column[] => {
  const columns = toColumns(cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1))
  const missing = missingIn(columns)
  const twice = repeatedIn(columns)
  if (missing.length > 0) throw new FileRefused({ kind: 'columns', missing, unknown: unknownIn(columns) })
  if (twice) throw new FileRefused({ kind: 'twice', column: twice.header })
  return columns
}

const unknownIn = (columns: readonly Column[]): string[] =>
  columns.flatMap(({ header, field }) => (field === undefined && header !== '' ? [header] : []))

const checkCells = ({ cells, line }: Cells, columns: readonly Column[]): void => {
  for (const [index, { header: column, field }] of columns.entries()) {
    const cell = cells[index]
    if (cell === undefined || isBlank(cell)) continue
    if (field === undefined) {
      throw new FileRefused(
        column === ''
          ? { kind: 'nameless-column', position: index + 1, line }
          : { kind: 'columns', missing: [], unknown: unknownIn(columns) },
      )
    }
    if (SHORTENED_IN.has(field) && isShortened(toText(cell))) {
      throw new FileRefused({ kind: 'lost-digits', line, column, value: toText(cell).trim() })
    }
  }
}

/** Reads a whole table, its head first, and sends nothing. Throws `FileRefused` for what cannot be read safely. */
export const checkTable = async (
  rows: AsyncIterable<Cells>,
  { rows: max }: Limits,
): Promise<{ columns: Column[]; rows: number }> => {
  let columns: Column[] | undefined
  let count = 0
  for await (const row of rows) {
    if (row.cells.every(isBlank)) continue
    if (columns === undefined) {
      columns = readHead(row)
      continue
    }
    checkCells(row, columns)
    count += 1
    if (count > max) throw new FileRefused({ kind: 'many-rows', max })
  }
  if (columns === undefined) throw new FileRefused({ kind: 'empty' })
  return { columns, rows: count }
}
