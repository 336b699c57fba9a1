import { refuseDamage } from './encoding/damage.ts'
import { decode, toLineFeeds } from './encoding/decode.ts'
import { findEncoding, type Encoding, type Scan } from './encoding/find-encoding.ts'
import { FileRefused, type FileFault } from './fault.ts'
import { layoutOf, readJson, type JsonLayout } from './json/read-json.ts'
import type { FileSource, Limits, Row } from './row.ts'
import { checkTable } from './table/check-table.ts'
import { isBlank } from './table/cell.ts'
import { parseRows } from './table/parse-rows.ts'
import { readPreamble } from './table/preamble.ts'
import { toRegistration } from './table/to-registration.ts'
import type { Column } from './table/columns.ts'

type Layout =
  | { format: 'table'; delimiter: string; columns: readonly Column[] }
  | { format: 'json'; layout: JsonLayout }

/** A file that can be read to its end: what it is, and how many rows it has. */
export type CheckedFile = Scan & { rows: number } & Layout

const textOf = (source: FileSource, encoding: Encoding): AsyncGenerator<string> =>
  refuseDamage(toLineFeeds(decode(source, encoding)), encoding)

const START_LENGTH = 64 * 1024

const startOf = async (source: FileSource, encoding: Encoding): Promise<string> => {
  let start = ''
  for await (const piece of toLineFeeds(decode(source, encoding))) {
    start += piece
    if (start.length >= START_LENGTH) break
  }
  return start.replace(/^[\s\ufeff]+/u, '')
}

const countJson = async (rows: AsyncIterable<Row>, { rows: max }: Limits): Promise<number> => {
  let count = 0
  for await (const { number } of rows) {
    if (number > max) throw new FileRefused({ kind: 'many-rows', max })
    count = number
  }
  if (count === 0) throw new FileRefused({ kind: 'empty' })
  return count
}

const check = async (source: FileSource, limits: Limits): Promise<CheckedFile> => {
  const scan = await findEncoding(source, limits.bytes)
  const start = await startOf(source, scan.encoding)
  if (/^[[{]/.test(start)) {
    if (scan.encoding === 'windows-1252') throw new FileRefused({ kind: 'not-utf8' })
    const layout = layoutOf(start.split('\n', 1)[0] ?? '')
    const rows = await countJson(readJson(textOf(source, scan.encoding), layout), limits)
    return { ...scan, rows, format: 'json', layout }
  }
  const preamble = await readPreamble(textOf(source, scan.encoding))
  const { columns, rows } = await checkTable(parseRows(preamble), limits)
  return { ...scan, rows, format: 'table', delimiter: preamble.delimiter, columns }
}

/**
 * Reads a file from its start to its end, in bounded memory, and says whether all of it can be read safely: nothing of a
 * refused file may be sent. Rows that are wrong by themselves are found by `readRows`.
 */
export const checkFile = async (
  source: FileSource,
  limits: Limits,
): Promise<{ file: CheckedFile } | { fault: FileFault }> => {
  try {
    return { file: await check(source, limits) }
  } catch (error) {
    if (error instanceof FileRefused) return { fault: error.fault }
    throw error
  }
}

async function* readTable(source: FileSource, file: CheckedFile & { format: 'table' }): AsyncGenerator<Row> {
  const { encoding, columns } = file
  let [number, isHead] = [0, true]
  for await (const { cells, line } of parseRows(await readPreamble(textOf(source, encoding)))) {
    if (cells.every(isBlank)) continue
    if (!isHead) {
      number += 1
      yield { number, line, source: cells, content: toRegistration(columns, cells) }
    }
    isHead = false
  }
}

/** The rows of a file that `checkFile` found right, in their order. */
export const readRows = (source: FileSource, file: CheckedFile): AsyncGenerator<Row> =>
  file.format === 'table' ? readTable(source, file) : readJson(textOf(source, file.encoding), file.layout)
