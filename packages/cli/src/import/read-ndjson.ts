import { createReadStream } from 'node:fs'
import type { Texts } from '../language/language.ts'
import { REJECT_COLUMNS } from './columns.ts'
import { ROW_BYTES_MAX, type Row, type RowReader } from './row.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const contentOf = (text: string, texts: Texts['import']): Row['content'] => {
  if (Buffer.byteLength(text) > ROW_BYTES_MAX) return { fault: texts.tooLong }
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value)) return { fault: texts.badJson(typeof value) }
    for (const column of REJECT_COLUMNS) delete value[column]
    return { registration: value }
  } catch (error) {
    return { fault: texts.badJson(error instanceof Error ? error.message : '') }
  }
}

// By the line feed alone: node:readline also splits at U+2028, which JSON may hold. What is longer than any row is cut.
async function* toLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, ROW_BYTES_MAX + 1)
    yield* lines
  }
  if (rest !== '') yield rest
}

async function* toRows(chunks: AsyncIterable<string>, texts: Texts['import']): AsyncGenerator<Row> {
  let number = 0
  let line = 0
  for await (const text of toLines(chunks)) {
    line += 1
    const source = text.replace(/^\u{feff}/u, '').trim()
    if (source === '') continue
    number += 1
    yield { number, line, source, content: contentOf(source, texts) }
  }
}

/** Reads one JSON object a line; the file is never in memory whole. */
export const readNdjson = (file: string, texts: Texts['import']): RowReader => {
  const input = createReadStream(file, 'utf8')
  return { head: undefined, delimiter: '\n', rows: toRows(input, texts), bytesRead: () => input.bytesRead }
}
