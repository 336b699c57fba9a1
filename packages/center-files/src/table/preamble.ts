import { parse } from 'csv-parse/sync'
import { ROW_BYTES_MAX } from '../row.ts'
import { knownIn } from './columns.ts'

/** What stands before the rows: the separator, how many lines to pass over, and the text from the head on. */
export type Preamble = { delimiter: string; lines: number; text: AsyncIterable<string> }

const DELIMITERS = [';', ',', '\t', '|']
const BLANK = /^[\s;,|"\ufeff]*$/
// The first says to Excel what separates the cells; PowerShell's Export-Csv writes the second.
const SEPARATOR = /^\ufeff?"?sep=(.)"?[;,|\t]*$/i
const TYPE = /^\ufeff?"?#TYPE\s/i

const knownWith = (text: string, delimiter: string): number => {
  try {
    const [head] = parse(text, { delimiter, to: 1, relax_quotes: true, record_delimiter: '\n' })
    return head === undefined ? 0 : knownIn(head)
  } catch {
    return 0
  }
}

const likelyIn = (text: string): string =>
  DELIMITERS.map((delimiter) => ({ delimiter, known: knownWith(text, delimiter) })).reduce((best, one) =>
    one.known > best.known ? one : best,
  ).delimiter

const parsePreamble = (text: string): { delimiter: string; lines: number; from: number } => {
  let [from, lines] = [0, 0]
  let told: string | undefined
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? text.length : end)
    const separator = SEPARATOR.exec(line)?.[1]
    if (separator === undefined && !BLANK.test(line) && !TYPE.test(line)) break
    told ??= separator
    from = end < 0 ? text.length : end + 1
    lines += 1
  }
  return { delimiter: told ?? likelyIn(text.slice(from)), lines, from }
}

async function* chain(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}

/** Finds the head of a table: past empty lines, `sep=;` and `#TYPE`. */
export const readPreamble = async (pieces: AsyncIterable<string>): Promise<Preamble> => {
  const iterator = pieces[Symbol.asyncIterator]()
  let text = ''
  while (text.length < ROW_BYTES_MAX) {
    const next = await iterator.next()
    if (next.done === true) break
    text += next.value
  }
  const { delimiter, lines, from } = parsePreamble(text)
  return { delimiter, lines, text: chain(text.slice(from), iterator) }
}
