import { openEmbedded } from '@mensageria/embedded'
import { createLogger, IntegrationsConfig, loadIntegrationSettings, type SignIn } from '@mensageria/runtime'
import { z } from 'zod'
import { bindIntegrations } from './bind-integrations.ts'
import { buildStandalone } from './standalone.ts'

const ROLES = { read: ['rea@x.com'], register: ['tool@x.com', 'other@x.com'], operate: ['ana@x.com'] }

// Whose token it is, is shown beside the code that verifies it: here a header says it.
const signIn: SignIn = {
  kind: 'google',
  roles: ROLES,
  verify: async ({ authorization }) =>
    authorization === undefined ? { ok: false, reason: 'no-token' } : { ok: true, email: authorization },
}

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
    signIn,
  })
  const url = await standalone.listen('127.0.0.1', 0)
  return {
    url,
    send: async (by: string, method: string, path: string, body?: object, headers = {}) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: by, ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      return { status: answer.status, body: z.looseObject({}).parse(await answer.json()) }
    },
    audited: async () => (await engine.audit.list({ pageSize: 50 })).items,
    [Symbol.asyncDispose]: () => standalone.close(),
  }
}

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** The role that each route of the API must ask for. */
const roleOf = (method: string, path: string): 'read' | 'register' | 'operate' => {
  if (method === 'get') return 'read'
  return path.startsWith('/v1/distribution-centers') ? 'register' : 'operate'
}

test('every route of the API asks for its role before it looks at anything else', async () => {
  await using system = await start()
  const { paths } = Document.parse((await system.send('rea@x.com', 'GET', '/openapi.json')).body)
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path })),
  )
  expect(routes.length).toBeGreaterThan(20)
  const accounts = { read: 'rea@x.com', register: 'tool@x.com', operate: 'ana@x.com' }
  for (const { method, path } of routes.filter((route) => route.path !== '/v1/me')) {
    const url = path.replaceAll(/\{\w+\}/g, 'x')
    for (const by of ['eve@x.com', accounts.read, accounts.register, accounts.operate]) {
      const role = roleOf(method, path)
      const may = by !== 'eve@x.com' && (role === 'read' || by === accounts[role])
      if (may) continue
      const { status, body } = await system.send(by, method.toUpperCase(), url)
      expect([by, method, path, status]).toEqual([by, method, path, 403])
      expect(body['detail']).toBe(`This needs the role ${role}`)
    }
  }
})

const center = (name: string) => ({
  name,
  taxId: '11222333000181',
  address: {
    street: 'Rodovia Anhanguera',
    number: '38',
    district: 'Centro',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
})

test('defect 25: who signed in is who did it: in the answer, in the audit log, and as the owner of a key', async () => {
  await using system = await start()
  const key = { 'idempotency-key': 'k' }
  const path = '/v1/distribution-centers'
  const created = await system.send('tool@x.com', 'POST', path, center('CD'), key)
  expect(created.status).toBe(201)
  // The same key of another caller is another key: no 422.
  const other = await system.send('other@x.com', 'POST', path, center('CD other'), key)
  expect([other.status, other.body['type']]).toEqual([
    409,
    'urn:mensageria:problem:distribution-center-exists',
  ])

  // None of these changes the center; then one does.
  const own = `${path}/${String(created.body['id'])}`
  const put = (name: string, version: string) =>
    system.send('other@x.com', 'PUT', own, center(name), { 'if-match': version })
  const statuses = [
    (await system.send('tool@x.com', 'POST', path, center('CD'), key)).status,
    (await put('CD', '"1"')).status,
    (await put('CD B', '"7"')).status,
    (await put('CD B', '"1"')).status,
  ]
  expect(statuses).toEqual([201, 200, 412, 200])

  const reason = { reason: 'maintenance' }
  expect(await system.send('tool@x.com', 'POST', '/v1/integrations/maas:pause', reason)).toMatchObject({
    status: 403,
  })
  expect(await system.send('ana@x.com', 'POST', '/v1/integrations/maas:pause', reason)).toMatchObject({
    status: 200,
    body: { paused: { by: 'ana@x.com' } },
  })
  const asked = { filter: { integration: 'maas' }, ...reason }
  const redrive = await system.send('ana@x.com', 'POST', '/v1/redrives', asked)
  expect(redrive.body['requestedBy']).toBe('ana@x.com')
  const audited = await system.audited()
  expect(audited.map(({ action, actor }) => [action, actor])).toEqual([
    ['redrive.create', 'ana@x.com'],
    ['integration.pause', 'ana@x.com'],
    // What was refused has none.
    ['center.update', 'other@x.com'],
    ['center.register', 'tool@x.com'],
  ])
  const id = String(created.body['id'])
  expect(audited.slice(-2).map(({ target }) => target)).toEqual([`${id}/CD B`, `${id}/CD`])
})
