import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { destinationOf, IntegrationPolicy } from '@mensageria/contracts'
import { testCertificate } from '@mensageria/testkit/certificate'
import { loadSettings } from './settings.ts'

const rowOf = (target: object) => {
  const row = { kind: 'kafka', target: { brokers: ['k1:9092'], topic: 'centers', ...target } }
  const destination = destinationOf(IntegrationPolicy.parse(row))
  if (destination?.kind !== 'kafka') throw new Error('No row of Kafka')
  return { name: 'data-lake', target: destination.target }
}

const folder = mkdtempSync(join(tmpdir(), 'kafka-settings-'))
const ca = join(folder, 'ca.pem')
writeFileSync(ca, testCertificate.cert)
afterAll(() => rmSync(folder, { recursive: true }))

test('a row without sign-in and TLS needs no variable', () => {
  expect(loadSettings(rowOf({}), {})).toEqual({ brokers: ['k1:9092'], topic: 'centers' })
})

test.each([
  ['plain', 'PLAIN'],
  ['scram-sha-256', 'SCRAM-SHA-256'],
  ['scram-sha-512', 'SCRAM-SHA-512'],
])('%s signs in with user and password of the environment', (sasl, mechanism) => {
  const env = { DATA_LAKE_USERNAME: 'mensageria', DATA_LAKE_PASSWORD: 'a pass word' }
  expect(loadSettings(rowOf({ sasl, tls: true }), env).sasl).toEqual({
    mechanism,
    username: 'mensageria',
    password: 'a pass word',
  })
})

test('on this machine a password needs no TLS, nor does SCRAM anywhere', () => {
  const env = { DATA_LAKE_USERNAME: 'x', DATA_LAKE_PASSWORD: 'y' }
  for (const brokers of [['127.0.0.1:9092'], ['localhost:9092', '[::1]:9092']])
    expect(loadSettings(rowOf({ sasl: 'plain', brokers }), env).sasl?.mechanism).toBe('PLAIN')
  expect(loadSettings(rowOf({ sasl: 'scram-sha-512' }), env).sasl?.mechanism).toBe('SCRAM-SHA-512')
})

test('TLS takes the files of the environment', () => {
  expect(loadSettings(rowOf({ tls: true }), {}).tls).toEqual({})
  expect(loadSettings(rowOf({ tls: true }), { DATA_LAKE_CA_FILE: ca }).tls).toEqual({ ca })
})

test.each([
  [{ sasl: 'scram-sha-256' }, {}, /DATA_LAKE_USERNAME is not set.*\n.*DATA_LAKE_PASSWORD is not set/],
  [
    { sasl: 'plain' },
    { DATA_LAKE_USERNAME: 'x', DATA_LAKE_PASSWORD: 's3cret' },
    /^row "data-lake": with sasl plain k1:9092 would get the password without TLS/,
  ],
  [
    { sasl: 'scram-sha-512' },
    { DATA_LAKE_USERNAME: 'x', DATA_LAKE_PASSWORD: '' },
    /DATA_LAKE_PASSWORD is empty/,
  ],
  [{}, { DATA_LAKE_PASSWORD: 's3cret' }, /^row "data-lake": DATA_LAKE_PASSWORD is set, but target\.sasl/],
  [{}, { DATA_LAKE_CA_FILE: ca }, /^row "data-lake": DATA_LAKE_CA_FILE is set, but target\.tls is not true/],
  [{ tls: true }, { DATA_LAKE_CA_FILE: join(folder, 'x') }, /DATA_LAKE_CA_FILE names a file that cannot be/],
])('%j with %j stops the start, and tells no secret', (target, env, words) => {
  expect(() => loadSettings(rowOf(target), env)).toThrow(words)
  expect(() => loadSettings(rowOf(target), env)).not.toThrow(/s3cret/)
})
