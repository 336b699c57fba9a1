import { DEAD_LETTER_ATTRIBUTES } from '@mensageria/contracts'
import type { Clock, Park, UnreadableMessages } from '@mensageria/core'
import type { Logger } from '../logging/logger.ts'
import { decodeMessage } from './message-data.ts'

/**
 * A dead letter: its data as text. Where the data is no text, `fault` says why, and `raw` is what came: base64, as a rule.
 */
export type DeadLetter = {
  subscription: string
  messageId: string
  attributes: Readonly<Record<string, string>>
} & ({ text: string } | { raw: string; fault: string })

export type DeadLetterHandlerOptions = {
  park: Park
  unreadable: Pick<UnreadableMessages, 'keep'>
  clock: Pick<Clock, 'now'>
  logger: Pick<Logger, 'warn' | 'error'>
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
// Divisible by four, so that what is cut is base64 still.
const KEPT_MAX = 64 * 1024

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')

const keptOf = (letter: DeadLetter): string => {
  if ('text' in letter) return toBase64(letter.text)
  return BASE64.test(letter.raw) ? letter.raw : toBase64(letter.raw)
}

// `projects/p/subscriptions/erp` names the subscription erp.
const nameOf = (subscription: string): string => subscription.slice(subscription.lastIndexOf('/') + 1)

/**
 * Takes what the broker gave up: resolves with true (acknowledge) once the ledger answers for the delivery, or once the
 * message is kept as it came because nobody can read it. Throws where a store cannot be reached: it must come again.
 */
export const createDeadLetterHandler = ({ park, unreadable, clock, logger }: DeadLetterHandlerOptions) => {
  const keep = async (letter: DeadLetter, reason: string) => {
    const { subscription, messageId, attributes } = letter
    const source = nameOf(attributes[DEAD_LETTER_ATTRIBUTES.subscription] ?? subscription)
    await unreadable.keep({
      subscription: source,
      messageId,
      receivedAt: clock.now(),
      reason,
      attributes,
      data: keptOf(letter).slice(0, KEPT_MAX),
    })
    const traceparent = attributes['traceparent']
    logger.error({ messageId, subscription: source, reason, traceparent }, 'message.unreadable')
    return true
  }

  return async (letter: DeadLetter): Promise<boolean> => {
    if ('fault' in letter) return keep(letter, letter.fault)
    const { attributes } = letter
    const decoded = decodeMessage(attributes, letter.text)
    if (!decoded.ok) return keep(letter, decoded.reason)
    const integration = nameOf(attributes[DEAD_LETTER_ATTRIBUTES.subscription] ?? '')
    if (integration === '') return keep(letter, 'No attribute names the subscription that it comes from')
    const { subject: centerId, sequence: version, traceparent } = decoded.event
    const parked = await park({ integration, centerId }, version)
    if (parked) logger.warn({ integration, centerId, version, traceparent }, 'delivery.parked')
    return parked
  }
}

export type DeadLetterHandler = ReturnType<typeof createDeadLetterHandler>
