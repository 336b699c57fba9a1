import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib'
import { errorCode } from '../base/is-error.ts'

/** No answer of a downstream is read beyond this: neither what arrives, nor what it decodes to. */
export const ANSWER_BYTES_MAX = 64 * 1024

/** The encodings that `decodeBody` knows, as a request asks for them. */
export const ACCEPT_ENCODING = 'gzip, deflate, br'

/** The bytes that were meant, or why they cannot be had. */
export type DecodedBody = { ok: true; bytes: Uint8Array } | { ok: false; reason: string }

type Decode = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>

// Some servers send deflate without the zlib header that RFC 9110 asks for: 8.4.1.2 says so, and clients take both.
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0

const inflateBoth: Decode = (bytes, options) =>
  promisify(hasZlibHeader(bytes) ? inflate : inflateRaw)(bytes, options)

const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip)],
  ['x-gzip', promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip)],
  ['deflate', inflateBoth],
  ['br', promisify<Uint8Array, object, Uint8Array>(brotliDecompress)],
])

// Each layer may multiply the work of the one outside it.
const LAYERS_MAX = 3

export const TOO_LARGE = `it is larger than ${ANSWER_BYTES_MAX / 1024} KiB`

const namesOf = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')

const reasonOf = (error: unknown, name: string): string =>
  errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? TOO_LARGE : `its ${name} is damaged or cut off`

/**
 * Undoes the Content-Encoding of a body, the outermost layer first. No layer grows beyond ANSWER_BYTES_MAX, so that a small
 * answer which decodes to a huge one costs no memory.
 */
export const decodeBody = async (
  body: Uint8Array,
  contentEncoding: string | string[] | undefined,
): Promise<DecodedBody> => {
  const names = namesOf(contentEncoding)
  if (body.length === 0 || names.length === 0) return { ok: true, bytes: body }
  if (names.length > LAYERS_MAX) return { ok: false, reason: `it is encoded ${names.length} times` }
  let bytes = body
  for (const name of names.toReversed()) {
    const decode = DECODERS.get(name)
    if (!decode) return { ok: false, reason: `its encoding ${name} is none of ${ACCEPT_ENCODING}` }
    try {
      bytes = await decode(bytes, { maxOutputLength: ANSWER_BYTES_MAX })
    } catch (error) {
      return { ok: false, reason: reasonOf(error, name) }
    }
  }
  return { ok: true, bytes }
}
