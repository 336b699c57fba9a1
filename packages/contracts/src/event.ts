import { z } from 'zod'
import { DistributionCenter } from './center/distribution-center.ts'
import { eventIdOf } from './center/ids.ts'

export const TOPIC = 'distribution-center-events'
export const DEAD_LETTER_TOPIC = 'distribution-center-events-dead-letter'

export const REGISTERED = 'br.mensageria.distribution-center.registered.v1'
export const UPDATED = 'br.mensageria.distribution-center.updated.v1'

/** W3C trace context, version 00 (w3.org/TR/trace-context). */
export const Traceparent = z.string().regex(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/)

/** A CloudEvents 1.0 event: one version of one center, whole (event-carried state). */
export const DistributionCenterEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(256),
  type: z.enum([REGISTERED, UPDATED]),
  subject: z.uuid(),
  time: z.iso.datetime(),
  sequence: z.int().min(1),
  datacontenttype: z.literal('application/json'),
  traceparent: Traceparent.optional(),
  data: DistributionCenter,
})
export type DistributionCenterEvent = z.output<typeof DistributionCenterEvent>

/** The event of a center's current version; the same center and version always give the same event id. */
export const toEvent = (
  center: DistributionCenter,
  traceparent: string | undefined,
): DistributionCenterEvent => ({
  specversion: '1.0',
  id: eventIdOf(center.id, center.version),
  source: '/mensageria/registration',
  type: center.version === 1 ? REGISTERED : UPDATED,
  subject: center.id,
  time: center.updatedAt,
  sequence: center.version,
  datacontenttype: 'application/json',
  ...(traceparent === undefined ? {} : { traceparent }),
  data: center,
})

/** Message attributes of CloudEvents' binary mode over Pub/Sub. */
export const toAttributes = (event: DistributionCenterEvent): Record<string, string> => ({
  'ce-specversion': event.specversion,
  'ce-id': event.id,
  'ce-source': event.source,
  'ce-type': event.type,
  'ce-subject': event.subject,
  'ce-time': event.time,
  'ce-sequence': String(event.sequence),
  'ce-datacontenttype': event.datacontenttype,
  ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
})

/** What a message turned out to be: an event, or the reason why it is none. */
export type DecodedMessage = { ok: true; event: DistributionCenterEvent } | { ok: false; reason: string }

// `Number` would also read ` 1`, `1e0` and `0x1`; what is above the safe integers is refused by the schema.
const sequenceOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9][0-9]*$/.test(text) ? Number(text) : undefined

/** Reads an event from a message's attributes and its data (JSON text); never throws. Unknown attributes are ignored. */
export const decodeEvent = (attributes: Readonly<Record<string, string>>, data: string): DecodedMessage => {
  let center: unknown
  try {
    center = JSON.parse(data)
  } catch {
    return { ok: false, reason: 'The data is not JSON' }
  }
  const parsed = DistributionCenterEvent.safeParse({
    specversion: attributes['ce-specversion'],
    id: attributes['ce-id'],
    source: attributes['ce-source'],
    type: attributes['ce-type'],
    subject: attributes['ce-subject'],
    time: attributes['ce-time'],
    sequence: sequenceOf(attributes['ce-sequence']),
    datacontenttype: attributes['ce-datacontenttype'],
    // A broken trace header must not cost the delivery.
    traceparent: Traceparent.safeParse(attributes['traceparent']).data,
    data: center,
  })
  if (!parsed.success) {
    const paths = parsed.error.issues.slice(0, 5).map(({ path }) => path.join('.') || 'event')
    return { ok: false, reason: `Not a known event: ${paths.join(', ')}` }
  }
  const event = parsed.data
  if (event.subject !== event.data.id || event.sequence !== event.data.version) {
    return { ok: false, reason: 'The attributes name another center or version than the data' }
  }
  return { ok: true, event }
}
