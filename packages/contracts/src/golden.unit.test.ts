import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { decodeEvent, DEAD_LETTER_TOPIC, toAttributes, toEvent } from './event.ts'
import { centerIdOf, fingerprintOf } from './center/ids.ts'
import { IntegrationsFile } from './integrations/integrations.ts'
import { Problem, toProblem } from './problem.ts'
import { DEAD_LETTER_ATTRIBUTES, PushEnvelope } from './push.ts'
import { Registration } from './center/registration.ts'
import { center, registration } from './samples.ts'

// What other programs send, read and have stored. A change that breaks one of these files breaks them.
const golden = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../samples', `${name}.json`), 'utf8'))

const Tree = z.record(z.string(), z.unknown())

/** The golden file with one field changed, named by its path; `undefined` takes it away. */
const changed = (file: unknown, path: string, value: unknown): unknown => {
  const [key = '', ...rest] = path.split('.')
  const { [key]: old, ...others } = Tree.parse(file)
  if (rest.length > 0) return { ...others, [key]: changed(old, rest.join('.'), value) }
  return value === undefined ? others : { ...others, [key]: value }
}

const decoded = (name: string) => {
  const { message } = PushEnvelope.parse(golden(name))
  return decodeEvent(message.attributes, Buffer.from(message.data, 'base64').toString('utf8'))
}

describe('the registration', () => {
  test('is normalized already, and has its ids for ever', () => {
    expect(Registration.parse(golden('registration'))).toEqual(registration)
    expect(golden('registration')).toEqual(registration)
    // Stored in idempotency records: with another fingerprint a retry after a release would be a conflict.
    expect(fingerprintOf(registration)).toBe('da4c835c-4a69-502f-bd2c-0fb46b4a596f')
    expect(centerIdOf(registration.taxId)).toBe('a89d24bd-55ae-570c-8101-a818732445cc')
  })

  test.each([
    ['name', undefined],
    ['name', ''],
    ['taxId', '11222333000182'],
    ['address.cityCode', '3550308'],
    ['address.state', 'RJ'],
    ['location.latitude', undefined],
    ['contact', {}],
    ['more', 1],
  ])('with %s = %j is refused', (path, value) => {
    expect(Registration.safeParse(changed(golden('registration'), path, value)).success).toBe(false)
  })
})

describe('the push of an event', () => {
  const push = golden('push')

  test('carries the whole event', () => {
    const event = toEvent(center, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
    expect(decoded('push')).toEqual({ ok: true, event })
    expect(PushEnvelope.parse(push)).toMatchObject({
      deliveryAttempt: 1,
      message: { attributes: toAttributes(event) },
    })
  })

  test.each([
    ['message', undefined],
    ['message.messageId', ''],
    ['message.data', '***'],
    ['message.attributes', { 'ce-sequence': 1 }],
    ['message.publishTime', 'yesterday'],
    ['subscription', undefined],
    ['subscription', ''],
    ['deliveryAttempt', 0],
    ['deliveryAttempt', '1'],
  ])('with %s = %j is refused', (path, value) => {
    expect(PushEnvelope.safeParse(changed(push, path, value)).success).toBe(false)
  })
})

test('a push without an id in either spelling is refused; one spelling is enough', () => {
  const without = changed(golden('push'), 'message.messageId', undefined)
  expect(PushEnvelope.safeParse(without).success).toBe(true)
  expect(PushEnvelope.safeParse(changed(without, 'message.message_id', undefined)).success).toBe(false)
})

describe('the push of a dead letter', () => {
  const push = golden('dead-letter-push')

  test('carries the event, and says which subscription gave it up after how many attempts', () => {
    expect(decoded('dead-letter-push')).toMatchObject({
      ok: true,
      event: { subject: center.id, sequence: 1 },
    })
    const { message, subscription, ...others } = PushEnvelope.parse(push)
    expect(others).toEqual({})
    expect(subscription).toMatch(new RegExp(`/${DEAD_LETTER_TOPIC}$`))
    expect(message.attributes[DEAD_LETTER_ATTRIBUTES.subscription]).toBe('dmitri')
    expect(message.attributes[DEAD_LETTER_ATTRIBUTES.deliveryCount]).toBe('100')
    expect(message.attributes[DEAD_LETTER_ATTRIBUTES.subscriptionProject]).toBe('mensageria')
    expect(Date.parse(message.attributes[DEAD_LETTER_ATTRIBUTES.topicPublishTime] ?? '')).not.toBeNaN()
  })

  test.each([
    ['message.attributes.CloudPubSubDeadLetterSourceDeliveryCount', 100],
    ['message.data', 'e30'],
    ['message.publishTime', 1_795_000_000],
  ])('with %s = %j is refused', (path, value) => {
    expect(PushEnvelope.safeParse(changed(push, path, value)).success).toBe(false)
  })
})

describe('a problem document', () => {
  const invalid = golden('problem-invalid-request')

  test('of the table is what clients know', () => {
    const { errors, detail, instance } = Problem.parse(invalid)
    expect(toProblem('invalid-request', { errors, detail, instance })).toEqual(invalid)
    const exists = Problem.parse(golden('problem-exists'))
    const { existing } = exists
    expect(toProblem('distribution-center-exists', { instance: exists.instance, existing })).toEqual(exists)
    expect(existing).toEqual({ id: center.id, version: 2, href: `/v1/distribution-centers/${center.id}` })
  })

  test.each([
    ['type', undefined],
    ['title', undefined],
    ['status', '400'],
    ['status', 400.5],
    ['errors', { pointer: '/name', detail: 'x' }],
    ['errors', [{ detail: 'x' }]],
    ['existing', { id: 'a' }],
  ])('with %s = %j is refused', (path, value) => {
    expect(Problem.safeParse(changed(invalid, path, value)).success).toBe(false)
  })
})

describe('the integrations file', () => {
  const file = golden('integrations')

  test('gives its defaults, and takes every key', () => {
    expect(IntegrationsFile.parse(file)).toEqual({
      integrations: {
        dmitri: {
          min_backoff_seconds: 10,
          max_backoff_seconds: 600,
          max_delivery_attempts: 100,
          max_concurrency: 32,
          recovery_rate_per_second: 200,
          recovery_window_max: 100,
        },
        'billing-2': {
          min_backoff_seconds: 1,
          max_backoff_seconds: 60,
          max_delivery_attempts: 5,
          max_concurrency: 4,
          max_rate_per_second: 2.5,
          recovery_rate_per_second: 0.5,
          recovery_window_max: 10,
          since: '2026-11-01T00:00:00Z',
        },
      },
    })
  })

  test.each([
    ['integrations', undefined],
    ['integrations', []],
    ['integrations.Dmitri', {}],
    ['integrations.dmitri', null],
    ['integrations.dmitri.max_backoff', 60],
    ['integrations.dmitri.max_backoff_seconds', '60'],
  ])('with %s = %j is refused', (path, value) => {
    expect(IntegrationsFile.safeParse(changed(file, path, value)).success).toBe(false)
  })
})
