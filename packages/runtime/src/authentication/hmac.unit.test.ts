import { Webhook } from 'standardwebhooks'
import { signing, toSigningSecrets } from './hmac.ts'

const [OLD = '', NEW = ''] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))
const never = new AbortController().signal
const clock = { now: () => Date.now() }
const BODY = '{"name":"São Paulo"}'

const headersOf = async (secrets: string[]): Promise<Record<string, string>> => {
  const proof = await signing(secrets, clock).prove({ eventId: 'e:1', body: BODY }, never)
  if (!proof.ok) throw new Error(proof.failure.cause)
  return { ...proof.headers }
}

test('the library of Standard Webhooks takes the signature, and no other body, id or time', async () => {
  const headers = await headersOf([NEW])
  const receiver = new Webhook(NEW)
  expect(receiver.verify(BODY, headers)).toEqual({ name: 'São Paulo' })
  expect(() => receiver.verify(`${BODY} `, headers)).toThrow('No matching signature')
  expect(() => receiver.verify(BODY, { ...headers, 'webhook-id': 'e:2' })).toThrow('No matching signature')
  const later = { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }
  expect(() => receiver.verify(BODY, later)).toThrow('No matching signature')
  expect(() => new Webhook(OLD).verify(BODY, headers)).toThrow('No matching signature')
})

test('while secrets are changed, receivers with either of them take it', async () => {
  const headers = await headersOf([`whsec_${NEW}`, OLD])
  for (const secret of [NEW, OLD, `whsec_${OLD}`])
    expect(new Webhook(secret).verify(BODY, headers)).toBeDefined()
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
})

test('I10: keys and signatures are secrets', async () => {
  const authentication = signing([`whsec_${NEW}`, OLD], clock)
  expect(authentication.secrets).toEqual([NEW, OLD])
  const proof = await authentication.prove({ eventId: 'e:1', body: '' }, never)
  const signatures = proof.ok ? proof.headers['webhook-signature']?.replaceAll('v1,', '').split(' ') : []
  expect(proof).toMatchObject({ secrets: signatures })
})

test.each([
  [NEW, [NEW]],
  [`whsec_${NEW} ${OLD}`, [`whsec_${NEW}`, OLD]],
  [`${NEW},${OLD}\n`, [NEW, OLD]],
])('%j are secrets', (value, secrets) => {
  expect(toSigningSecrets(value)).toEqual(secrets)
})

test.each([
  '',
  'whsec_',
  'a password',
  Buffer.alloc(23).toString('base64'),
  Buffer.alloc(65).toString('base64'),
  NEW.slice(1),
  `${NEW} ${OLD} ${NEW}`,
  `${NEW} short`,
])('%j are none', (value) => {
  expect(toSigningSecrets(value)).toBeUndefined()
})
