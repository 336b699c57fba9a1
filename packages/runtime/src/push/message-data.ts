import { decodeEvent, type DecodedMessage } from '@mensageria/contracts'
import { jsonFault } from '../http/errors/json-fault.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a message's data, or why it cannot be had. */
export type MessageText = { ok: true; text: string } | { ok: false; reason: string }

/** Reads a message's data as it came over the wire: strict base64 (one spelling for each sequence of bytes) of UTF-8. */
export const readMessageText = (data: string): MessageText => {
  const bytes = Buffer.from(data, 'base64')
  // Node's decoder skips what it does not know.
  if (bytes.toString('base64') !== data) return { ok: false, reason: 'The data is not base64' }
  try {
    return { ok: true, text: decoder.decode(bytes) }
  } catch {
    return { ok: false, reason: 'The data is not valid UTF-8' }
  }
}

// Why a text is not harmless JSON; undefined where it is.
const faultOf = (text: string): string | undefined => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'The data is not JSON'
  }
  const fault = jsonFault(value)
  return fault === undefined ? undefined : `The data is ${fault}`
}

/**
 * Reads a message's data: base64 of UTF-8 of harmless JSON. Absent data is the empty text: what that means is for the
 * handler to say.
 */
export const decodeMessageData = (data: string): MessageText => {
  const read = readMessageText(data)
  if (!read.ok || read.text === '') return read
  const reason = faultOf(read.text)
  return reason === undefined ? read : { ok: false, reason }
}

/** Reads the event of a message whose data is a text; never throws. */
export const decodeMessage = (attributes: Readonly<Record<string, string>>, text: string): DecodedMessage => {
  const reason = faultOf(text)
  return reason === undefined ? decodeEvent(attributes, text) : { ok: false, reason }
}
