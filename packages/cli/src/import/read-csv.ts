import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parse, CsvError } from 'csv-parse'
import { CliError } from '../cli-error.ts'
import { EXIT } from '../exit-codes.ts'
import type { Texts } from '../language/language.ts'
import { headFault, toRegistration } from './columns.ts'
import { ROW_BYTES_MAX, type Row, type RowReader } from './row.ts'

type Record = { record: string[]; info: { lines: number } }

const HEAD_BYTES = 4096

// By the head alone, which has no text that could hold the other one: spreadsheets in Brazil write `;`.
const delimiterOf = async (file: string): Promise<string> => {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const [head = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1)
    return head.split(';').length > head.split(',').length ? ';' : ','
  } finally {
    await handle.close()
  }
}

// Beyond a broken quote nobody can say where the next row begins.
const toCliError = (error: unknown, line: number, texts: Texts['import']): unknown =>
  error instanceof CsvError ? new CliError(EXIT.usage, `${line}: ${texts.badCsv(error.message)}`) : error

async function* toRows(
  records: AsyncIterable<Record>,
  head: readonly string[],
  texts: Texts['import'],
): AsyncGenerator<Row> {
  let number = 0
  let line = 2
  try {
    for await (const { record, info } of records) {
      number += 1
      yield { number, line, source: record, content: toRegistration(head, record, texts) }
      line = info.lines + 1
    }
  } catch (error) {
    throw toCliError(error, line, texts)
  }
}

/** Reads a CSV file whose first row names the columns; it is never in memory whole. */
export const readCsv = async (file: string, texts: Texts['import']): Promise<RowReader> => {
  const delimiter = await delimiterOf(file)
  const input = createReadStream(file)
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: ROW_BYTES_MAX,
  })
  input.on('error', (error) => parser.destroy(error))
  const records: AsyncIterator<Record> = input.pipe(parser)[Symbol.asyncIterator]()
  const first = await records.next().catch((error: unknown) => {
    throw toCliError(error, 1, texts)
  })
  if (first.done === true) throw new CliError(EXIT.usage, texts.emptyFile)
  const head = first.value.record.map((name) => name.trim())
  const fault = headFault(head, texts)
  if (fault !== undefined) {
    input.destroy()
    throw new CliError(EXIT.usage, fault)
  }
  const rest = { [Symbol.asyncIterator]: () => records }
  return { head, delimiter, rows: toRows(rest, head, texts), bytesRead: () => input.bytesRead }
}
