import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { toMessage } from '../to-message.ts'
import { encodeValue, toHeaders } from './to-headers.ts'

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('the headers are those of the CloudEvents HTTP binding, with the keys and the trace', () => {
  const event = toEvent(center, TRACEPARENT)
  expect(toHeaders(toMessage(event, 'key-1'))).toEqual({
    'ce-specversion': '1.0',
    'ce-id': event.id,
    'ce-source': event.source,
    'ce-type': event.type,
    'ce-subject': event.subject,
    'ce-time': event.time,
    'ce-sequence': String(event.sequence),
    'webhook-id': event.id,
    'idempotency-key': 'key-1',
    traceparent: TRACEPARENT,
  })
})

test('no attribute can break a header', () => {
  const message = toMessage(toEvent(center, undefined), 'key-1')
  const attributes = { ...message.attributes, source: '/São\r\nx: y' }
  expect(toHeaders({ ...message, attributes })).toMatchObject({ 'ce-source': '/S%C3%A3o%0D%0Ax:%20y' })
})

// The examples of the binding, 3.1.3.2, and what would end a header.
test.each([
  ['Euro € 😀', 'Euro%20%E2%82%AC%20%F0%9F%98%80'],
  ['"100%"', '%22100%25%22'],
  ['a\r\nb: c', 'a%0D%0Ab:%20c'],
  ['br.mensageria/x~y!', 'br.mensageria/x~y!'],
])('the value %j is encoded as the binding says', (value, encoded) => {
  expect(encodeValue(value)).toBe(encoded)
  expect(decodeURIComponent(encoded)).toBe(value)
})
