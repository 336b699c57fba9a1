import { DistributionCenter } from './center/distribution-center.ts'
import { decodeEvent, toAttributes, toEvent } from './event.ts'
import { centerIdOf, fingerprintOf } from './center/ids.ts'
import { IntegrationPolicy } from './integrations/integrations.ts'
import { PushEnvelope } from './push.ts'
import { attributes, center, pushEnvelope, registration } from './samples.ts'

const data = JSON.stringify(center)
const reasonOf = (changed: Record<string, string>, body = data) => {
  const decoded = decodeEvent({ ...attributes, ...changed }, body)
  return decoded.ok ? undefined : decoded.reason
}

test('the golden message decodes to the event of the golden center, and back', () => {
  const event = toEvent(center, attributes['traceparent'])
  expect(DistributionCenter.parse(center)).toEqual(center)
  expect(toAttributes(event)).toEqual(attributes)
  expect(decodeEvent(attributes, data)).toEqual({ ok: true, event })
})

test('unknown attributes and fields are accepted, a broken trace header costs nothing', () => {
  expect(
    reasonOf({ more: 'x', traceparent: 'broken' }, JSON.stringify({ ...center, more: 1 })),
  ).toBeUndefined()
})

test.each([
  ['data that is not JSON', {}, 'no'],
  ['an unknown type', { 'ce-type': 'br.mensageria.other.v1' }, data],
  ['a newer major version', { 'ce-type': 'br.mensageria.distribution-center.registered.v2' }, data],
  ['another sequence than the data', { 'ce-sequence': '2' }, data],
  ['another subject than the data', { 'ce-subject': '26a2a1f2-9d5e-5d43-8f37-0f5d6a1c1111' }, data],
])('%s is no event', (_what, changed, body) => expect(reasonOf(changed, body)).toBeDefined())

test.each(['', ' 1', '1 ', '01', '+1', '1.0', '1e0', '0x1', '0', '-1', '9007199254740992', '9'.repeat(400)])(
  'the sequence "%s" is none, whatever a lenient reader would make of it',
  (sequence) => expect(reasonOf({ 'ce-sequence': sequence })).toContain('sequence'),
)

test('the largest sequence is the largest safe integer', () => {
  const version = Number.MAX_SAFE_INTEGER
  const body = JSON.stringify({ ...center, version })
  expect(reasonOf({ 'ce-sequence': String(version) }, body)).toBeUndefined()
})

test('ids are the same for ever: another namespace would lose every stored center', () => {
  expect(centerIdOf('11222333000181')).toBe(center.id)
})

test('a fingerprint does not depend on the order of fields', () => {
  const { name, ...rest } = registration
  const reordered = { ...rest, name }
  expect(fingerprintOf(reordered)).toBe(fingerprintOf(registration))
  expect(fingerprintOf({ ...registration, name: 'x' })).not.toBe(fingerprintOf(registration))
})

test('a push is read in both spellings; strict base64 is required', () => {
  const { messageId, publishTime, message_id, publish_time, ...rest } = pushEnvelope.message
  for (const message of [
    { ...rest, messageId, publishTime },
    { ...rest, message_id, publish_time },
  ]) {
    expect(PushEnvelope.parse({ ...pushEnvelope, message }).message).toMatchObject({ messageId, publishTime })
  }
  expect(PushEnvelope.safeParse({ ...pushEnvelope, message: rest }).success).toBe(false)
  const broken = { ...pushEnvelope, message: { ...pushEnvelope.message, data: '***' } }
  expect(PushEnvelope.safeParse(broken).success).toBe(false)
})

test.each([
  { max_delivery_attempts: 4 },
  { max_delivery_attempts: 101 },
  { max_backoff_seconds: 601 },
  { min_backoff_seconds: 601 },
])('the platform refuses %j, and so do we', (policy) =>
  expect(IntegrationPolicy.safeParse(policy).success).toBe(false),
)
