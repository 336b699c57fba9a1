import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { bindDestination } from '../bind-destination.ts'
import { serve } from '../testing/serve.ts'
import { credentialChain } from './credential-chain.ts'

const FIVE_MINUTES_MS = 300_000
const CONTEXT = { idempotencyKey: 'k', attempt: 1, firstAttemptAt: 1, mayHaveEffect: false, now: 1 }

const folder = mkdtempSync(join(tmpdir(), 'aws-credentials-'))
const file = join(folder, 'credentials')
const write = (id: string) =>
  writeFileSync(file, `[default]\naws_access_key_id=${id}\naws_secret_access_key=s3cret\n`)

beforeEach(() => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
    delete process.env[name]
  Object.assign(process.env, {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'nowhere'),
    AWS_SHARED_CREDENTIALS_FILE: file,
  })
  rmSync(file, { force: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a key that a person adds to a file is found with the next message', async () => {
  const keys: (string | undefined)[] = []
  await using service = await serve((request, response) => {
    keys.push(/Credential=([A-Z]+)/.exec(request.headers.authorization ?? '')?.[1])
    response.end('<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>')
  })
  const target = { topic_arn: 'arn:aws:sns:sa-east-1:123456789012:centers', endpoint: service.url }
  const bound = await bindDestination('partner', { kind: 'sns', target }, { env: {}, connectionsMax: 1 })
  const send = () =>
    bound.call(toEvent(center, undefined), { ...CONTEXT, signal: new AbortController().signal })
  expect(await send()).toMatchObject({ kind: 'misconfigured', cause: 'credentials' })
  write('AKIALATER')
  expect(await send()).toMatchObject({ kind: 'delivered' })
  await bound.close()
  expect(keys).toEqual(['AKIALATER'])
})

test('a key that a person changes in a file is found, and the SDK asks for it without a restart', async () => {
  const find = credentialChain()
  write('AKIAOLD')
  const old = await find()
  write('AKIANEW')
  expect([old.accessKeyId, (await find()).accessKeyId]).toEqual(['AKIAOLD', 'AKIANEW'])
  // What has no end is kept for ever; what has one is asked for again five minutes before.
  expect(Number(old.expiration)).toBeGreaterThan(Date.now() + FIVE_MINUTES_MS)
  expect(Number(old.expiration)).toBeLessThan(Date.now() + 2 * FIVE_MINUTES_MS)
})
