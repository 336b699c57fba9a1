import type { DistributionCenterEvent } from '@mensageria/contracts'

/** One event as every kind sends it: CloudEvents 1.0 in binary mode, each protocol by its own binding. */
export type OutgoingMessage = {
  /** The attributes of the event without a prefix; `datacontenttype` is the content type of the protocol. */
  attributes: Readonly<Record<string, string>>
  /** The center as JSON. */
  body: string
  /** The same for every attempt of one center, version and destination with the same data: the consumer's key for duplicates. */
  idempotencyKey: string
  centerId: string
  eventId: string
  /** `registered` or `updated`. */
  type: string
  traceparent?: string
}

/** Takes an event apart for sending. */
export const toMessage = (event: DistributionCenterEvent, idempotencyKey: string): OutgoingMessage => {
  const { data, traceparent, specversion, id, source, type, subject, time, sequence } = event
  return {
    attributes: { specversion, id, source, type, subject, time, sequence: String(sequence) },
    body: JSON.stringify(data),
    idempotencyKey,
    centerId: subject,
    eventId: id,
    type: type.split('.').at(-2) ?? type,
    ...(traceparent === undefined ? {} : { traceparent }),
  }
}
