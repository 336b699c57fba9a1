import { DestinationKind } from '@mensageria/contracts'
import { EXAMPLES, makeTarget } from './target.ts'

test.each(DestinationKind.options)('the example of %s is a target', (kind) => {
  expect(makeTarget(kind, {})).toEqual({
    ok: true,
    target: EXAMPLES[kind],
    examples: Object.keys(EXAMPLES[kind]),
  })
})

test('what is typed takes the place of the example, as the type that its field has', () => {
  expect(makeTarget('webhook', { url: 'http://127.0.0.1:9000/hooks', rejected_by: '404, 422' })).toEqual({
    ok: true,
    target: { url: 'http://127.0.0.1:9000/hooks', rejected_by: [404, 422] },
    examples: [],
  })
  expect(makeTarget('kafka', { brokers: 'k1:9092,k2:9092', tls: 'true' })).toMatchObject({
    target: { brokers: ['k1:9092', 'k2:9092'], topic: 'centers', tls: true },
    examples: ['topic'],
  })
})

test.each([
  ['webhook', { url: 'http://portal.example/hooks' }, /^target\.url: Must be https/],
  ['webhook', { adress: 'x' }, /adress/],
  ['kafka', { tls: 'yes' }, /^target\.tls: /],
  ['kafka', { brokers: 'k1' }, /^target\.brokers\.0: Must be host:port/],
  ['webhook', { rejected_by: 'never' }, /^target\.rejected_by\.0: /],
  ['rabbitmq', { url: 'amqps://user:secret@rabbit.example' }, /no credentials/],
] as const)('%s does not take %j', (kind, typed, words) => {
  const made = makeTarget(kind, typed)
  expect(made).toMatchObject({ ok: false, faults: [expect.stringMatching(words)] })
})
