import { createHash } from 'node:crypto'
import { FileRefused } from '../fault.ts'
import type { FileSource } from '../row.ts'
import { foreignFormatOf } from './foreign-format.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** A file as bytes: how many, the hash of all of them, and how they are to be read. */
export type Scan = { encoding: Encoding; bytes: number; sha256: string }

const START_BYTES = 8192

// A decoder that says whether everything that it saw is valid.
const createValidity = (encoding: string) => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let valid = true
  const see = (chunk?: Uint8Array): void => {
    try {
      if (valid) decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      valid = false
    }
  }
  return {
    see,
    end: (): boolean => {
      see()
      return valid
    },
  }
}

const beginsWith = (start: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => start[index] === byte)

// Half of all bytes of a head in ASCII are zero, and always the same half.
const wideOf = (start: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const head = start.subarray(0, 256)
  const zeros = [0, 0]
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const most = head.length * 0.4
  if (head.length >= 2 && odd > most && even === 0) return 'utf-16le'
  return head.length >= 2 && even > most && odd === 0 ? 'utf-16be' : undefined
}

const markOf = (start: Uint8Array): Encoding | undefined => {
  if (beginsWith(start, 0xff, 0xfe, 0, 0) || beginsWith(start, 0, 0, 0xfe, 0xff)) {
    throw new FileRefused({ kind: 'utf-32' })
  }
  if (beginsWith(start, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (beginsWith(start, 0xff, 0xfe)) return 'utf-16le'
  return beginsWith(start, 0xfe, 0xff) ? 'utf-16be' : undefined
}

type Seen = {
  marked: Encoding | undefined
  counts: Uint32Array
  pairs: boolean
  utf8: boolean
  wide: { 'utf-16le': boolean; 'utf-16be': boolean }
}

const NO_BREAK_SPACE = 0xa0
const highBytes = (counts: Uint32Array): number[] =>
  Array.from(counts.entries()).flatMap(([byte, count]) => (byte >= 0x80 && count > 0 ? [byte] : []))

const decide = (start: Uint8Array, { marked, counts, pairs, utf8, wide }: Seen): Encoding => {
  const encoding = marked ?? ((counts[0] ?? 0) > 0 ? wideOf(start) : undefined)
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    if (!wide[encoding]) throw new FileRefused({ kind: 'binary' })
    return encoding
  }
  if ((counts[0] ?? 0) > 0) throw new FileRefused({ kind: 'binary' })
  if (utf8) return 'utf-8'
  // A mark, or characters of UTF-8 beside bytes that are none: two programs wrote into one file.
  if (marked === 'utf-8' || pairs) throw new FileRefused({ kind: 'mixed-encodings' })
  // A no-break space of Windows is an "á" of DOS: alone it proves neither.
  if (highBytes(counts).every((byte) => byte === NO_BREAK_SPACE)) {
    throw new FileRefused({ kind: 'unclear-encoding' })
  }
  return 'windows-1252'
}

/** Looks at every byte of a file. Throws `FileRefused` where it is no text, or text whose encoding is not certain. */
export const findEncoding = async (source: FileSource, bytesMax: number): Promise<Scan> => {
  const hash = createHash('sha256')
  const valid = {
    utf8: createValidity('utf-8'),
    le: createValidity('utf-16le'),
    be: createValidity('utf-16be'),
  }
  const counts = new Uint32Array(256)
  let start: Uint8Array = new Uint8Array()
  let [bytes, last, pairs] = [0, 0, false]
  for await (const chunk of source()) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new FileRefused({ kind: 'many-bytes', max: bytesMax })
    if (start.length < START_BYTES) start = Buffer.concat([start, chunk]).subarray(0, START_BYTES)
    hash.update(chunk)
    for (const validity of Object.values(valid)) validity.see(chunk)
    for (const byte of chunk) {
      counts[byte] = (counts[byte] ?? 0) + 1
      if ((last === 0xc3 || last === 0xc2) && byte >= 0x80 && byte <= 0xbf) pairs = true
      last = byte
    }
  }
  if (bytes === 0) throw new FileRefused({ kind: 'empty' })
  const format = foreignFormatOf(start)
  if (format !== undefined) throw new FileRefused({ kind: 'foreign-format', format })
  const wide = { 'utf-16le': valid.le.end(), 'utf-16be': valid.be.end() }
  const seen = { marked: markOf(start), counts, pairs, utf8: valid.utf8.end(), wide }
  return { encoding: decide(start, seen), bytes, sha256: hash.digest('hex') }
}
