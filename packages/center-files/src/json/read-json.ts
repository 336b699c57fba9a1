import { FileRefused, type RowFault } from '../fault.ts'
import { ROW_BYTES_MAX, type Row } from '../row.ts'
import { REJECT_COLUMNS } from '../table/columns.ts'
import { toLines, toObjects, type JsonText } from './to-values.ts'

/** How the values of a file follow each other: one a line, or over lines as they like. */
export type JsonLayout = 'lines' | 'objects'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const contentOf = (text: string): { registration: Record<string, unknown> } | { fault: RowFault } => {
  if (Buffer.byteLength(text) > ROW_BYTES_MAX) return { fault: { kind: 'long-row' } }
  try {
    const value: unknown = JSON.parse(text)
    if (!isRecord(value)) return { fault: { kind: 'json', detail: typeof value } }
    for (const column of REJECT_COLUMNS) delete value[column]
    return { registration: value }
  } catch (error) {
    return { fault: { kind: 'json', detail: error instanceof Error ? error.message : '' } }
  }
}

/** By the first line: where it is a whole value, each line is one. */
export const layoutOf = (firstLine: string): JsonLayout => {
  try {
    return isRecord(JSON.parse(firstLine)) ? 'lines' : 'objects'
  } catch {
    return 'objects'
  }
}

/** The rows of a JSON file. */
export async function* readJson(pieces: AsyncIterable<string>, layout: JsonLayout): AsyncGenerator<Row> {
  let number = 0
  const values: AsyncIterable<JsonText> = layout === 'lines' ? toLines(pieces) : toObjects(pieces)
  for await (const { text, line } of values) {
    number += 1
    const content = contentOf(text)
    // Outside of lines a value that is none has no certain end either.
    if (layout === 'objects' && 'fault' in content) throw toRefused(content.fault, line)
    yield { number, line, source: text, content }
  }
}

const toRefused = (fault: RowFault, line: number): FileRefused =>
  new FileRefused({ kind: 'json', line, detail: fault.kind === 'json' ? fault.detail : fault.kind })
