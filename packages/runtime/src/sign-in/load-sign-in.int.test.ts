import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../logging/logger.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { loadSignIn } from './load-sign-in.ts'

const ROLES = '{"read":["@example.com"]}'
const load = (env: Record<string, string>, host = '127.0.0.1') =>
  loadSignIn(env, {
    host,
    clock: createSystemClock(),
    logger: createLogger({ level: 'silent', service: 'test' }),
  })

test.each([
  ['on this machine nobody signs in', {}, '127.0.0.1'],
  ['nor on its other loopback addresses', {}, '::1'],
  ['where it is said, nobody signs in beyond it', { API_AUTH: 'none' }, '0.0.0.0'],
])('%s', async (_name, env, host) => {
  expect(await load(env, host)).toEqual({ kind: 'none', allowedHosts: [] })
})

test('c23: names besides our own are given by ALLOWED_HOSTS, and what is none stops the start', async () => {
  expect(await load({ ALLOWED_HOSTS: 'Console.lan, a.example:8443' }, '127.0.0.1')).toEqual({
    kind: 'none',
    allowedHosts: [
      { name: 'console.lan', port: '' },
      { name: 'a.example', port: '8443' },
    ],
  })
  await expect(load({ ALLOWED_HOSTS: '*' }, '127.0.0.1')).rejects.toThrow(
    'ALLOWED_HOSTS: Must be names of hosts',
  )
})

test.each<[string, Record<string, string>, string, string]>([
  ['on every address without a word', {}, '0.0.0.0', 'nobody signs in. Set API_AUTH=google'],
  ['none on Cloud Run', { K_SERVICE: 'x', API_AUTH: 'none' }, '0.0.0.0', 'must not be none on Cloud Run'],
  ['Cloud Run without roles', { K_SERVICE: 'x', API_AUDIENCE: 'a' }, '0.0.0.0', 'API_ROLES is not set'],
  ['google without roles', { API_AUTH: 'google', API_AUDIENCE: 'a' }, '127.0.0.1', 'API_ROLES is not set'],
  ['roles without an audience', { API_AUTH: 'google', API_ROLES: ROLES }, '127.0.0.1', 'Set API_AUDIENCE'],
  ...['{', '/nothing.json', '/', '/dev/zero', '[]x'].map(
    (roles): [string, Record<string, string>, string, string] => [
      `roles that are no JSON: ${roles}`,
      { API_AUTH: 'google', API_AUDIENCE: 'a', API_ROLES: roles },
      'x',
      'API_ROLES: Is neither JSON nor a file of it that this user can read',
    ],
  ),
  [
    'a role that there is not',
    { API_AUTH: 'google', API_AUDIENCE: 'a', API_ROLES: '{"admin":["a@example.com"]}' },
    'x',
    'API_ROLES',
  ],
  ['another mode', { API_AUTH: 'basic' }, '127.0.0.1', 'API_AUTH'],
])('%s stops the start', async (_name, env, host, sentence) => {
  await expect(load(env, host)).rejects.toThrow(sentence)
})

test('roles are read from a file too', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'mensageria-roles-'))
  const file = join(dir, 'roles.json')
  await writeFile(file, ROLES)
  expect(await load({ API_AUTH: 'google', API_IAP_AUDIENCE: 'a', API_ROLES: file })).toMatchObject({
    kind: 'google',
    roles: { read: ['@example.com'], operate: [] },
  })
  await rm(dir, { recursive: true })
})
