import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { FileRefused } from '../fault.ts'
import { ROW_BYTES_MAX } from '../row.ts'
import type { Preamble } from './preamble.ts'

/** The cells of a row, and the line on which it begins. */
export type Cells = { cells: readonly string[]; line: number }

type Record = { record: string[]; raw: string; info: { lines: number } }

const escaped = (delimiter: string): string => delimiter.replace(/[\\^\]\-$.*+?()[{}|]/, String.raw`\$&`)

// A cell is quoted whole, or not at all; quotes within it come in pairs, as in `="0123"`. Otherwise nobody can say where it ends.
const rightQuotes = (delimiter: string): RegExp => {
  const plain = `[^${escaped(delimiter)}"]*`
  const cell = `(?:"(?:[^"]|"")*"|(?!\\s*")${plain}(?:"${plain}"${plain})*)`
  return new RegExp(`^${cell}(?:${escaped(delimiter)}${cell})*\\n?$`)
}

const toRefused = (error: unknown, line: number): unknown => {
  if (!(error instanceof CsvError)) return error
  return new FileRefused({ kind: error.code === 'CSV_MAX_RECORD_SIZE' ? 'long-row' : 'quote', line })
}

/** The rows of a table, its head first; empty ones too. Throws `FileRefused` where a quote has no end, or a row none. */
export async function* parseRows({ delimiter, lines, text }: Preamble): AsyncGenerator<Cells> {
  const input = Readable.from(text, { objectMode: true })
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: ROW_BYTES_MAX,
  })
  input.on('error', (error) => parser.destroy(error))
  const records: AsyncIterable<Record> = input.pipe(parser)
  const quotes = rightQuotes(delimiter)
  let line = lines + 1
  try {
    for await (const { record, raw, info } of records) {
      if (raw.includes('"') && !quotes.test(raw)) throw new FileRefused({ kind: 'quote', line })
      yield { cells: record, line }
      line = lines + info.lines + 1
    }
  } catch (error) {
    throw toRefused(error, line)
  } finally {
    input.destroy()
    parser.destroy()
  }
}
