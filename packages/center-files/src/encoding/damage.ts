import { FileRefused } from '../fault.ts'
import type { Encoding } from './find-encoding.ts'

// UTF-8 that was read as Windows-1252 or Latin-1 (`SÃ£o`), DOS (`S├úo`) or Mac (`S√£o`). No word has these pairs; an `Ã`
// before a no-break space is one where no capital stands before it.
const GARBLED =
  /[ÂÃ][\u0080-\u009f\u00a1-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<!\p{Lu})Ã\u00a0|â(?:€|\u0080).|[├┬][\u0080-\u25ff]|√[\u0080-\uffff]/u
const LOST = /[\ufffd\ufffe\uffff\ufdd0-\ufdef]|(?<=\p{L})\?(?=\p{L})/u

// Read as Windows-1252, these are what Portuguese has; other signs mean that the file is of DOS or Mac.
const NOT_OF_WINDOWS =
  /(?![\u00a0ÀÁÂÃÇÈÉÊÍÑÒÓÔÕÖÙÚÜàáâãäçèéêëìíîïñòóôõöùúûüªº°§´¨·®²³¹¼½¾–—‘’“”…•™])\P{ASCII}/u
// The same bytes are letters there: `SÇO` is "SÃO", `Ant“nio` is "Antônio", `Para’ba` is "Paraíba".
const LETTERS_OF_OTHERS =
  /(?<=[bdfghjkmpqstvxzBDFGHJKMPQSTVXZ])Ç|(?<=\p{Lu})[à-ü](?=\p{Lu})|(?<=\p{L})[“”‘…—](?=\p{L})|(?<=\p{L})(?<!\b[DLOdlo]|Sant|Dell)’(?=\p{Ll})(?!s\b)/u

const SAMPLE = 12

const sampleAt = (text: string, index: number): string =>
  text
    .slice(Math.max(0, index - SAMPLE), index + SAMPLE)
    .replaceAll(/\s+/g, ' ')
    .trim()

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

const faultIn = (text: string, line: number, encoding: Encoding): FileRefused | undefined => {
  const at = (kind: 'garbled' | 'lost-characters', { index }: RegExpExecArray): FileRefused =>
    new FileRefused({ kind, line: line + lineAt(text, index) - 1, sample: sampleAt(text, index) })
  if (encoding === 'windows-1252' && (NOT_OF_WINDOWS.test(text) || LETTERS_OF_OTHERS.test(text))) {
    return new FileRefused({ kind: 'unclear-encoding' })
  }
  const garbled = GARBLED.exec(text)
  if (garbled) return at('garbled', garbled)
  const lost = LOST.exec(text)
  return lost ? at('lost-characters', lost) : undefined
}

// No row is longer: what has no end of a line for so long is looked at as it is.
const HELD_MAX = 128 * 1024

/** Passes text on, and throws `FileRefused` where a program has damaged it on the way. Lines are looked at whole. */
export async function* refuseDamage(
  pieces: AsyncIterable<string>,
  encoding: Encoding,
): AsyncGenerator<string> {
  let [held, line] = ['', 1]
  const look = (text: string): void => {
    const fault = faultIn(text, line, encoding)
    if (fault) throw fault
    line += lineAt(text, text.length) - 1
  }
  for await (const piece of pieces) {
    const text = held + piece
    const end = text.length > HELD_MAX && !piece.includes('\n') ? text.length : text.lastIndexOf('\n') + 1
    look(text.slice(0, end))
    held = text.slice(end)
    yield piece
  }
  look(held)
}

/** The damage in a text that is in memory whole. Throws `FileRefused`. */
export const refuseDamaged = (text: string): void => {
  const fault = faultIn(text, 1, 'utf-8')
  if (fault) throw fault
}
