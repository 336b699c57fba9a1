import { errorCode } from '../base/is-error.ts'
import { decodeBody, TOO_LARGE, type DecodedBody } from './decode-body.ts'

/** The body of an answer: its JSON, or `unreadable`: why there is none. Both are absent where nothing came. */
export type AnswerBody = { body: unknown; unreadable?: string }

type Answer = {
  headers: Record<string, string | string[] | undefined>
  body: { arrayBuffer(): Promise<ArrayBuffer> }
}

const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)/i

const decodeAs = (charset: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    // A charset that nobody knows, or bytes that are none of it.
    return undefined
  }
}

// JSON is UTF-8 (RFC 8259), whatever a server says of it; what is none may be what it says, or the Latin-1 that older systems
// write without saying so. A byte order mark goes.
const toText = (bytes: Uint8Array, contentType: string): string => {
  const charset = CHARSET.exec(contentType)?.[1] ?? 'windows-1252'
  const first = /^utf-?16/i.test(charset) ? charset : 'utf-8'
  return decodeAs(first, bytes) ?? decodeAs(charset, bytes) ?? Buffer.from(bytes).toString('latin1')
}

const parse = (text: string): AnswerBody => {
  if (text.trim() === '') return { body: undefined }
  try {
    return { body: JSON.parse(text) }
  } catch {
    return { body: undefined, unreadable: 'it is no JSON' }
  }
}

/** The bytes of an answer, decoded, or why they cannot be had. Rejects where the body does not arrive. */
export const readBytes = async ({ headers, body }: Answer): Promise<DecodedBody> => {
  try {
    return await decodeBody(new Uint8Array(await body.arrayBuffer()), headers['content-encoding'])
  } catch (error) {
    if (errorCode(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { ok: false, reason: TOO_LARGE }
    throw error
  }
}

/**
 * Reads the body of an answer, whatever its encoding and charset. The connection (`maxResponseSize`) bounds what arrives, and
 * `decodeBody` what becomes of it. Rejects where the body does not arrive.
 */
export const readAnswer = async (answer: Answer): Promise<AnswerBody> => {
  const decoded = await readBytes(answer)
  if (!decoded.ok) return { body: undefined, unreadable: decoded.reason }
  return parse(toText(decoded.bytes, [answer.headers['content-type']].flat()[0] ?? ''))
}
