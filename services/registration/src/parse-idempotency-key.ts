import { parseItem } from 'structured-headers'

const KEY_MAX = 255
const PRINTABLE = /^[\x20-\x7e]+$/

// A key, no key, or why it is none.
type ParsedIdempotencyKey = { ok: true; key: string | undefined } | { ok: false; detail: string }

const unquote = (header: string): string | undefined => {
  try {
    const [value] = parseItem(header)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads the key as a structured string (`"k"`, RFC 9651) or bare (`k`, as most clients send it): both are the same key
 * of 1 to 255 printable characters.
 */
export const parseIdempotencyKey = (header: string | undefined): ParsedIdempotencyKey => {
  if (header === undefined) return { ok: true, key: undefined }
  const key = header.startsWith('"') ? unquote(header) : header
  if (key === undefined) return { ok: false, detail: 'Idempotency-Key is not one quoted string' }
  if (key.length === 0 || key.length > KEY_MAX)
    return { ok: false, detail: `Idempotency-Key must have 1 to ${KEY_MAX} characters` }
  if (!PRINTABLE.test(key)) return { ok: false, detail: 'Idempotency-Key must be printable ASCII' }
  return { ok: true, key }
}
