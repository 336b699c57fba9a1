import { destinationOf, IntegrationPolicy } from '@mensageria/contracts'
import { loadSettings, routingKeyOf } from './settings.ts'

const ENV = { ERP_USERNAME: 'mensageria', ERP_PASSWORD: 's3cret' }

const load = (changes: object, env: Record<string, string> = ENV) => {
  const row = { kind: 'rabbitmq', target: { exchange: 'centers', ...changes } }
  const destination = destinationOf(IntegrationPolicy.parse(row))
  if (destination?.kind !== 'rabbitmq') throw new Error('No row of this kind')
  return loadSettings({ name: 'erp', target: destination.target }, env)
}

test('a row with its secrets is all that a connection needs', () => {
  expect(load({ url: 'amqps://rabbit.example/sales', routing_key: 'center.{type}.v1' })).toEqual({
    name: 'erp',
    hostname: 'rabbit.example',
    port: 5671,
    vhost: 'sales',
    username: 'mensageria',
    password: 's3cret',
    tls: {},
    exchange: 'centers',
    routingKey: 'center.{type}.v1',
  })
})

test.each([
  ['amqp://localhost', { hostname: 'localhost', port: 5672, vhost: '/', tls: undefined }],
  ['amqp://127.0.0.1:5673/', { hostname: '127.0.0.1', port: 5673, vhost: '/' }],
  ['amqp://[::1]:5673', { hostname: '::1', port: 5673 }],
  ['amqps://rabbit.example/%2F', { vhost: '/' }],
  ['amqps://rabbit.example/a%2Fb', { vhost: 'a/b' }],
  ['amqps://rabbit.example:5672/vendas%20sul', { port: 5672, vhost: 'vendas sul', tls: {} }],
])('%s is an address', (url, expected) => {
  expect(load({ url })).toMatchObject(expected)
})

test.each([
  [{}, {}, /ERP_USERNAME.*ERP_PASSWORD/s],
  [{}, { ERP_USERNAME: 'mensageria' }, /ERP_PASSWORD/],
  [{}, { ERP_USERNAME: 'mensageria', ERP_PASSWORD: '' }, /ERP_PASSWORD/],
  [{}, { ...ENV, ERP_CA_FILE: '/nowhere.pem' }, /ERP_CA_FILE/],
  [{ url: 'amqps://rabbit.example/%zz' }, ENV, /row "erp": target\.url has a virtual host .*a%2Fb/],
  [{ exchange: 'ç'.repeat(200) }, ENV, /row "erp": target\.exchange must have 255 bytes at most/],
  [{ routing_key: `${'x'.repeat(246)}{type}` }, ENV, /row "erp": target\.routing_key must have 255 bytes/],
])('%j with %j stops the start and says why', (target, env, words) => {
  expect(() => load({ url: 'amqps://rabbit.example', ...target }, env)).toThrow(words)
})

test('no word of a refusal repeats a secret', () => {
  const env = { ERP_PASSWORD: 's3cret' }
  expect(() => load({ url: 'amqps://rabbit.example' }, env)).toThrow(/^(?!.*s3cret)/s)
})

test.each([
  ['center.{type}', 'center.updated'],
  ['{type}.{type}', 'updated.updated'],
  ['fixed', 'fixed'],
  ['', ''],
])('the routing key %s is %s for an update', (key, expected) => {
  expect(routingKeyOf(key, 'updated')).toBe(expected)
})
