import { FileRefused } from '../fault.ts'
import type { FileSource } from '../row.ts'
import type { Encoding } from './find-encoding.ts'

/** The text of a file, without its byte order mark. */
export async function* decode(source: FileSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of source()) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

const END_OF_FILE = '\u{1a}'
const isOldEnd = (text: string): boolean => text.replaceAll(END_OF_FILE, '').trim() === ''

/**
 * The same text with `\n` at every end of a line, whatever it was, and without the Ctrl-Z that programs of old put at the
 * end. Throws `FileRefused` for text behind it.
 */
export async function* toLineFeeds(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let [held, line, ended] = ['', 1, false]
  for await (const piece of pieces) {
    const text = held + piece
    // A carriage return at the end may be the first half of one.
    held = text.endsWith('\r') ? '\r' : ''
    const whole = text.slice(0, text.length - held.length).replaceAll(/\r\n?/g, '\n')
    const end = ended ? 0 : whole.indexOf(END_OF_FILE)
    const kept = end < 0 ? whole : whole.slice(0, end)
    line += kept.split('\n').length - 1
    if (end >= 0 && !isOldEnd(whole.slice(end))) throw new FileRefused({ kind: 'text-after-end', line })
    ended ||= end >= 0
    if (kept !== '') yield kept
  }
  if (held !== '' && !ended) yield '\n'
}
