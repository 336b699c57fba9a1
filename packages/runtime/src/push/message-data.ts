import { decodeEvent, type DecodedMessage } from '@mensageria/contracts'
import { jsonFault } from '../http/errors/json-fault.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a message's data, or why it cannot be had. */
export type MessageText = { ok: true; text: string } | { ok: false; reason: string }

const parse = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/**
 * Reads a message's data: strict base64 (one spelling for each sequence of bytes) of UTF-8 of harmless JSON. Absent data
 * is the empty text: what that means is for the handler to say.
 */
export const decodeMessageData = (data: string): MessageText => {
  const bytes = Buffer.from(data, 'base64')
  // Node's decoder skips what it does not know.
  if (bytes.toString('base64') !== data) return { ok: false, reason: 'The data is not base64' }
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { ok: false, reason: 'The data is not valid UTF-8' }
  }
  if (text === '') return { ok: true, text }
  const parsed = parse(text)
  if (!parsed) return { ok: false, reason: 'The data is not JSON' }
  const fault = jsonFault(parsed.value)
  return fault === undefined ? { ok: true, text } : { ok: false, reason: `The data is ${fault}` }
}

/** Reads the event of a message as it came over the wire; never throws. */
export const decodeMessage = (attributes: Readonly<Record<string, string>>, data: string): DecodedMessage => {
  const read = decodeMessageData(data)
  return read.ok ? decodeEvent(attributes, read.text) : read
}
