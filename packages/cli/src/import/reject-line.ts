import { REJECT_COLUMNS, type CheckedFile } from '@mensageria/center-files'
import type { Row } from './row.ts'

export type Reject = { row: Row; reason: string }

/** How the rejects of a file are written: what stands first, and one rejected row. */
export type RejectFormat = { head: string; line: (reject: Reject) => string }

const quote = (cell: string, delimiter: string): string =>
  cell.includes('"') || cell.includes(delimiter) || /[\r\n]/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell

const csvLine = (cells: readonly string[], delimiter: string): string =>
  `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}\n`

const jsonFormat: RejectFormat = {
  head: '',
  line: ({ row, reason }) => {
    const what = 'registration' in row.content ? row.content.registration : { text: row.source }
    return `${JSON.stringify({ rejectedLine: row.line, rejectedReason: reason, ...what })}\n`
  },
}

const USUAL = new Set([';', ',', '\t', '|'])

/**
 * Rejects in the format of their file, so that they can be corrected and imported. A table has the same columns and separator,
 * and a byte order mark: without it a spreadsheet takes UTF-8 for something else.
 */
export const rejectFormatOf = (file: CheckedFile): RejectFormat => {
  if (file.format === 'json') return jsonFormat
  const { delimiter, columns } = file
  // Its own columns stand in front: a row with cells too many keeps them.
  const withoutOwn = (cells: readonly string[]): string[] =>
    cells.filter((_cell, index) => columns[index]?.field !== 'passedOver')
  const names = [...REJECT_COLUMNS, ...withoutOwn(columns.map(({ header }) => header))]
  const separator = USUAL.has(delimiter) ? '' : `sep=${delimiter}\n`
  return {
    head: `\u{feff}${separator}${csvLine(names, delimiter)}`,
    line: ({ row, reason }) =>
      csvLine(
        [String(row.line), reason, ...withoutOwn(Array.isArray(row.source) ? row.source : [])],
        delimiter,
      ),
  }
}
