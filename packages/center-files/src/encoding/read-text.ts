import { FileRefused } from '../fault.ts'
import { refuseDamaged } from './damage.ts'

export { FileRefused } from '../fault.ts'
export { fileFaultText } from '../words/fault-text.ts'

const isWide = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0)

/** Text that must be UTF-8, with or without a byte order mark. Throws `FileRefused` for anything else, and for damage. */
export const readUtf8 = (bytes: Uint8Array): string => {
  if (isWide(bytes)) throw new FileRefused({ kind: 'utf-16' })
  const text = decodeStrictly(bytes)
  if (text === undefined) throw new FileRefused({ kind: 'not-utf8' })
  refuseDamaged(text)
  return text
}

const decodeStrictly = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
