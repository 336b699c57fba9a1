import { IntegrationPolicy } from '@mensageria/contracts'
import { applyTargets } from './apply-targets.ts'

const row = (policy: unknown) => IntegrationPolicy.parse(policy)
const erp = row({
  kind: 'rabbitmq',
  target: { url: 'amqps://rabbit.example', exchange: 'centers', routing_key: 'a' },
})
const list: [string, IntegrationPolicy][] = [
  ['dmitri', row({})],
  ['erp', erp],
  ['reports', row({ kind: 'pubsub', target: { topic: 'projects/other/topics/centers' } })],
]

test('without it the list stays as it is', () => {
  expect(applyTargets(list, undefined)).toEqual(list)
})

test('a field of the environment goes before that of the row, and the others stay', () => {
  const changed = applyTargets(list, '{"erp":{"url":"amqps://rabbit.staging.example"}}')
  expect(changed.map(([, { target }]) => target)).toEqual([
    undefined,
    { url: 'amqps://rabbit.staging.example', exchange: 'centers', routing_key: 'a' },
    { topic: 'projects/other/topics/centers' },
  ])
})

test.each([
  ['{', /^INTEGRATION_TARGETS must be JSON with fields of targets by row, for example/],
  ['{"erp":"amqps://x.example"}', /^INTEGRATION_TARGETS must be JSON/],
  ['{"epr":{}}', /^INTEGRATION_TARGETS names "epr", which is no row with a kind: erp is meant\?$/],
  ['{"dmitri":{}}', /^INTEGRATION_TARGETS names "dmitri", which is no row with a kind$/],
  ['{"erp":{"url":"amqp://rabbit.example"}}', /^INTEGRATION_TARGETS, row "erp": target\.url: Must be amqps/],
  ['{"erp":{"password":"s3cret"}}', /^INTEGRATION_TARGETS, row "erp": target: .*password/],
])('%s is refused in words', (text, words) => {
  expect(() => applyTargets(list, text)).toThrow(words)
  expect(() => applyTargets(list, text)).not.toThrow(/s3cret/)
})
