import { en } from '../i18n/en/index.ts'
import { ptBr } from '../i18n/pt-br/index.ts'
import { explainCause } from './explain-cause.ts'

test.each([
  ['http-503', 'transient', { key: 'server-error', status: '503' }],
  ['http-429', 'transient', { key: 'too-many', status: '429' }],
  ['http-401', 'misconfigured', { key: 'credentials', status: '401' }],
  ['http-302', 'misconfigured', { key: 'address', status: '302' }],
  ['http-418', 'misconfigured', { key: 'http', status: '418' }],
  ['rejected:invalid-cnpj', 'rejected', { key: 'rejected', code: 'invalid-cnpj' }],
  ['timeout', 'unknown', { key: 'timeout' }],
  ['token-http-401', 'misconfigured', { key: 'token', code: 'http-401' }],
  ['unroutable', 'misconfigured', { key: 'unroutable' }],
  ['exchange-not-found', 'misconfigured', { key: 'no-target' }],
  ['unknown-topic-or-partition', 'misconfigured', { key: 'no-target' }],
  ['topic-not-found', 'misconfigured', { key: 'no-target' }],
  ['queue-does-not-exist', 'misconfigured', { key: 'no-target' }],
  ['access-refused', 'misconfigured', { key: 'no-access' }],
  ['authorization-error', 'misconfigured', { key: 'no-access' }],
  ['topic-authorization-failed', 'misconfigured', { key: 'no-access' }],
  ['permission-denied', 'misconfigured', { key: 'no-access' }],
  ['sasl-authentication-failed', 'misconfigured', { key: 'sign-in' }],
  ['invalid-client-token-id', 'misconfigured', { key: 'sign-in' }],
  ['credentials', 'misconfigured', { key: 'sign-in' }],
  ['credentials-timeout', 'transient', { key: 'no-token' }],
  ['throttled', 'transient', { key: 'throttled' }],
  ['resource-exhausted', 'transient', { key: 'throttled' }],
  ['not-enough-replicas', 'transient', { key: 'busy' }],
  ['blocked', 'transient', { key: 'busy' }],
  ['connection-closed', 'unknown', { key: 'connection-reset' }],
  ['request-timed-out', 'unknown', { key: 'timeout' }],
  ['not-amqp', 'misconfigured', { key: 'wrong-service' }],
  ['request-time-too-skewed', 'misconfigured', { key: 'clock' }],
  ['proxy-http-403', 'misconfigured', { key: 'proxy' }],
  ['invalid-record', 'misconfigured', { key: 'bad-request' }],
  ['grpc-13', 'unknown', { key: 'broker-error' }],
  ['rejected:message-too-large', 'rejected', { key: 'too-large' }],
  ['rejected:record-list-too-large', 'rejected', { key: 'too-large' }],
  ['no-call', 'held', { key: 'held' }],
  ['something-new', 'transient', { key: 'other', code: 'something-new' }],
])('%s has words', (cause, kind, explained) => {
  expect(explainCause(cause, kind)).toEqual(explained)
})

// Types say that both languages have the same keys; a text that is empty, or the same in both, would be a slip.
type Tree = { [key: string]: string | Tree }
const leaves = (texts: Tree, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )

test('every text says something in both languages, with the same values in it', () => {
  const english = new Map(leaves(en))
  const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted()
  for (const [path, portuguese] of leaves(ptBr)) {
    const translated = english.get(path) ?? ''
    expect([path, portuguese.trim() !== '', translated.trim() !== '']).toEqual([path, true, true])
    expect([path, placeholders(translated)]).toEqual([path, placeholders(portuguese)])
  }
})
