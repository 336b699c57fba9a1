import { openEmbedded } from '@mensageria/embedded'
import { createLogger, IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { ALL_METHODS, askOddly, askRaw, faultOf } from '@mensageria/testkit/odd-requests'
import { z } from 'zod'
import { bindIntegrations } from './bind-integrations.ts'
import { buildStandalone } from './standalone.ts'

// The whole API, as it is; the page stands for its files.
const start = async () => {
  const logger = createLogger({ level: 'silent', service: 'test' })
  const settings = loadIntegrationSettings(IntegrationsConfig.parse({})).filter(({ name }) => name === 'maas')
  const env = { MAAS_URL: 'http://127.0.0.1:9', MAAS_TOKEN: 'token' }
  const engine = openEmbedded({ dataDir: ':memory:', subscriptions: settings, onError: () => undefined })
  const standalone = await buildStandalone({
    engine,
    integrations: await bindIntegrations(settings, env, { logger }),
    logger,
    sweepIntervalMs: 3_600_000,
    page: { dir: () => import.meta.dirname },
  })
  const url = await standalone.listen('127.0.0.1', 0)
  return { url, port: Number(new URL(url).port), [Symbol.asyncDispose]: () => standalone.close() }
}

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

const OTHERS = [
  '/',
  '/console',
  '/console/assets/x.js',
  '/openapi.json',
  '/reference',
  '/v1/dead-letters',
  '/health/ready',
]

const routesOf = async (url: string): Promise<{ path: string; methods: string[] }[]> => {
  const { paths } = Document.parse(await (await fetch(`${url}/openapi.json`)).json())
  return [
    ...Object.entries(paths).map(([path, methods]) => ({
      path: path.replaceAll(/\{\w+\}/g, 'x'),
      methods: Object.keys(methods).map((method) => method.toUpperCase()),
    })),
    ...OTHERS.map((path) => ({ path, methods: ['GET'] })),
  ]
}

// A stream is answered and goes on.
const isStream = (path: string, method: string): boolean => path === '/v1/events' && method === 'GET'

test('row 52: every method on every route is answered, or refused with what is allowed', async () => {
  await using system = await start()
  const routes = await routesOf(system.url)
  expect(routes.length).toBeGreaterThan(25)
  const ask = async (path: string, method: string, known: readonly string[]) => {
    if (isStream(path, method)) return
    const answer = await askRaw(
      system.port,
      `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    const isKnown = known.includes(method) || (method === 'HEAD' && known.includes('GET'))
    const fault = faultOf(answer) ?? (isKnown || answer.status === 405 ? undefined : `got ${answer.status}`)
    expect([method, path, fault]).toEqual([method, path, undefined])
    if (answer.status === 405) expect(answer.allow).toMatch(/^[A-Z]+(?:, [A-Z]+)*$/)
  }
  for (const { path, methods } of routes) {
    await Promise.all(ALL_METHODS.map((method) => ask(path, method, methods)))
  }
  expect((await fetch(`${system.url}/health/live`)).status).toBe(200)
})

test('row 52: every odd request is answered or refused with a problem document, and nobody is left hanging', async () => {
  await using system = await start()
  const body = JSON.stringify({ reason: 'x' })
  const faults = await Promise.all(
    [
      { method: 'GET', path: '/v1/summary' },
      { method: 'HEAD', path: '/v1/events' },
      { method: 'GET', path: '/console' },
      { method: 'GET', path: '/console/assets/x.js' },
      { method: 'POST', path: '/v1/distribution-centers' },
      { method: 'PUT', path: '/v1/distribution-centers/x' },
      { method: 'POST', path: '/v1/integrations/maas:pause' },
      { method: 'DELETE', path: '/v1/redrives/x' },
      { method: 'GET', path: '/v1/dead-letters' },
      { method: 'GET', path: '/nothing' },
    ].map((to) => askOddly(system.port, { ...to, body })),
  )
  expect(faults.flat()).toEqual([])
  expect((await fetch(`${system.url}/health/live`)).status).toBe(200)
})

test('the former path of unreadable messages leads on with its query, and with a body', async () => {
  await using system = await start()
  const answer = await fetch(`${system.url}/v1/dead-letters?pageSize=5&pageToken=a%20b`, {
    redirect: 'manual',
  })
  expect([answer.status, answer.headers.get('location'), await answer.json()]).toEqual([
    308,
    '/v1/unreadable-messages?pageSize=5&pageToken=a%20b',
    { movedTo: '/v1/unreadable-messages?pageSize=5&pageToken=a%20b' },
  ])
})
