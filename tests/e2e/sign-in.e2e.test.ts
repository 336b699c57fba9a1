import { startReadyProcess } from '@mensageria/testkit/ready-process'
import { freePort } from '@mensageria/testkit/free-port'
import { openTestSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const ROLES = '{"read":["@example.com"]}'
const REFUSED: readonly (readonly [string, Record<string, string>, string])[] = [
  ['registration', { API_AUDIENCE: 'https://r.example.com' }, 'API_ROLES is not set'],
  ['registration', { API_ROLES: ROLES }, 'Set API_AUDIENCE (the URL of this service)'],
  ['console', { API_IAP_AUDIENCE: '/projects/1/x' }, 'API_ROLES is not set'],
  ['console', { API_AUTH: 'none' }, 'API_AUTH must not be none on Cloud Run'],
]

test.each(REFUSED)('%s on Cloud Run with %j does not start, and says why', async (service, env, sentence) => {
  const port = String(await freePort())
  const given = { GOOGLE_CLOUD_PROJECT: 'test', PORT: port, K_SERVICE: service, ...env }
  const started = startReadyProcess(`exec node services/${service}/src/main.ts`, given)
  await expect(started).rejects.toThrow(`${service} did not start.`)
  await expect(started).rejects.toThrow(sentence)
})

test('the standalone is open to others only where somebody signs in, or where that is said', async () => {
  await expect(system.start({ HOST: '0.0.0.0' })).rejects.toThrow('HOST is 0.0.0.0, which others reach')
  const { url } = await system.start({ HOST: '0.0.0.0', API_AUTH: 'none' })
  expect((await fetch(`${url}/v1/me`)).status).toBe(200)
})

test('with sign-in nobody is let in without a token of Google, and health still answers', async () => {
  const { url } = await system.start({
    API_AUTH: 'google',
    API_AUDIENCE: 'https://mensageria.example.com',
    API_ROLES: '{"operate":["@example.com"]}',
  })
  for (const path of ['/v1/me', '/v1/summary', '/v1/distribution-centers', '/openapi.json']) {
    expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 401])
  }
  const forged = await fetch(`${url}/v1/me`, { headers: { authorization: 'Bearer a.b.c' } })
  expect(forged.status).toBe(401)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
})
