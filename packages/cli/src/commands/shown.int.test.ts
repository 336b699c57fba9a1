import type { Integration } from '@mensageria/client'
import { runHere, serve } from '../testing/run.ts'

const AT = '2026-11-20T12:00:00.000Z'
const COUNTS = { waiting: 0, delivering: 0, retrying: 0, rejected: 0, parked: 0, delivered: 1 }
const DMITRI: Integration = {
  name: 'dmitri',
  displayName: 'Dmitri',
  kind: 'code',
  health: 'healthy',
  simulated: true,
  counts: COUNTS,
  horizonHours: 16,
  asOf: AT,
}
const ATTEMPT = { at: AT, version: 1, trigger: 'push', durationMs: 4, result: 'delivered', simulated: true }
const DELIVERY = {
  integration: 'dmitri',
  centerId: 'c-1',
  version: 1,
  deliveredVersion: 1,
  state: 'delivered',
  attempts: 1,
  simulated: true,
  history: [ATTEMPT],
}
const CENTER = {
  id: 'c-1',
  version: 1,
  createdAt: AT,
  name: 'CD',
  taxId: '1',
  address: { city: 'x', state: 'SP' },
}
const NOT_FOUND = { type: 'urn:mensageria:problem:not-found', title: 'Not found', status: 404 }
const REDRIVE = {
  id: 'r-1',
  state: 'running',
  filter: { integration: 'dmitri' },
  total: 1,
  more: true,
  delivered: 0,
  failed: 0,
  skipped: 7,
  requestedBy: 'system',
  createdAt: AT,
  reason: 'A real system takes the place of the simulator: brings every owed center that waits',
}
const LISTS: Record<string, unknown> = {
  '/v1/me': { id: 'local', roles: ['read'], signedIn: false },
  '/v1/integrations': { items: [DMITRI] },
  '/v1/integrations/dmitri:resume': DMITRI,
  '/v1/deliveries': { items: [DELIVERY, { ...DELIVERY, state: 'parked', nextAttemptAt: AT }] },
  '/v1/distribution-centers': { items: [CENTER] },
  '/v1/distribution-centers/c-1/deliveries': { items: [DELIVERY] },
  '/v1/redrives': { items: [REDRIVE] },
  '/v1/audit': {
    items: [{ at: AT, actor: 'ana', action: 'integration.pause', target: 'maas', reason: 'noon' }],
  },
  '/v1/unreadable-messages': {
    items: [{ receivedAt: AT, subscription: 'maas', reason: 'no JSON', attributes: {}, data: btoa('{"a":') }],
  },
}

/** A service that has these lists, and says of everything else that it is not found. */
const serveLists = (lists: Record<string, unknown> = LISTS) =>
  serve(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://x')
    if (pathname === '/health/ready') return response.end('{"status":"ready"}')
    const body = lists[pathname]
    const type = body === undefined ? 'application/problem+json' : 'application/json'
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type })
    return response.end(JSON.stringify(body ?? { ...NOT_FOUND, instance: pathname }))
  })

const said = async (args: string, env: Record<string, string> = {}, lists = LISTS) => {
  await using service = await serveLists(lists)
  const { out, err } = await runHere([...args.split(' '), '--url', service.url], env)
  return `${out}\n${err}`
}

describe('defect 6: what a simulator takes', () => {
  test.each([
    ['deliveries', /delivered \(simulated\)/],
    ['integrations', /healthy \(simulated\)/],
    ['story CD', /Dmitri: delivered \(simulated\)\n.*delivered after 4 ms \(from the queue\), simulated/],
    ['doctor', /look +Dmitri +healthy; a simulator takes its deliveries/],
  ])('is said by %s', async (command, shown) => {
    expect(await said(command)).toMatch(shown)
  })

  test('and in Portuguese', async () => {
    expect(await said('deliveries --lang pt-BR')).toContain('entregue (simulador)')
    expect(await said('doctor --lang pt-BR')).toContain('um simulador recebe as entregas')
    expect(await said('redrives --lang pt-BR')).toContain('Um sistema real entra no lugar do simulador')
  })
})

test('the audit log and unreadable messages are there as tables', async () => {
  expect(await said('audit')).toMatch(/WHEN.*REASON\n.*ana +paused a system +maas +noon/)
  expect(await said('audit --lang pt-BR')).toMatch(/QUANDO.*MOTIVO\n.*ana +pausou um sistema +maas +noon/)
  expect(await said('unreadable')).toMatch(/RECEIVED.*\n.*maas +no JSON +\{"a":/)
})

test('a redrive shows what was skipped, and that its total may grow', async () => {
  expect(await said('redrives')).toMatch(/SKIPPED.*\n.*7 of at least 1 +0 +0 +7 +system/)
})

test('a next attempt that has passed is due any moment', async () => {
  expect(await said('deliveries')).toMatch(/parked \(simulated\).*any moment/)
})

test('numbers that are not those of now say when they were counted', async () => {
  expect(await said('integrations')).toMatch(/Counted at 11\/20\/26/)
  const now = { '/v1/integrations': { items: [{ ...DMITRI, asOf: new Date().toISOString() }] } }
  expect(await said('integrations', {}, now)).not.toMatch(/Counted at/)
})

test('the centers from before an integration are said with it: to come, on their way, or not its own', async () => {
  const backfill = { state: 'planned', count: 1200, remaining: 700, beginsAt: AT, ratePerSecond: 200 }
  const saidOf = (parts: object, language = 'en') =>
    said(`integrations --lang ${language}`, {}, { '/v1/integrations': { items: [{ ...DMITRI, ...parts }] } })
  expect(await saidOf({ backfill })).toMatch(/1,200 older centers from about .*, 200 a second at most/)
  expect(await saidOf({ backfill: { ...backfill, state: 'running' } })).toContain(
    'older centers: 500 of 1,200',
  )
  expect(await saidOf({ backfill: { ...backfill, state: 'paused' } }, 'pt-BR')).toContain(
    'centros antigos: 500 de 1.200, em pausa',
  )
  expect(await saidOf({ beforeSince: 3 })).toContain('without 3 older centers')
})

test('a redrive that finds nothing says what there is instead, also to a program', async () => {
  const nothing = {
    count: 0,
    more: false,
    sample: [],
    stateCounts: { ...COUNTS, waiting: 2 },
    beforeSince: 0,
  }
  const lists = { ...LISTS, '/v1/redrives': nothing }
  expect(await said('redrive --integration dmitri --reason x', {}, lists)).toMatch(
    /0 deliveries would be sent again\.\n0 of 3 match: 2 waiting, 1 delivered\.\n.*--states waiting\n/,
  )
  const json = await said('redrive --integration dmitri --reason x --json', {}, lists)
  expect(JSON.parse(json)).toEqual(nothing)
})

test('a resume of what is not paused says so', async () => {
  expect(await said('resume dmitri --reason x')).toMatch(/Dmitri: healthy\. It was not paused/)
})

test.each(['integrations', 'redrives', 'audit', 'deliveries', 'pause maas --reason x', 'watch'])(
  'the address of the registration API alone is no address of the console: %s',
  async (command) => {
    expect(await said(command, {}, {})).toMatch(/registration API alone.*MENSAGERIA_CONSOLE_URL/)
  },
)

test('hints name the command as it was called', async () => {
  expect(await said('pause dmitri')).toContain('Help: mensageria pause --help')
  expect(await said('pause dmitri', { npm_command: 'exec' })).toContain('Help: npx mensageria pause --help')
})

test('systems have the names that people give them; where those differ, also the one that commands take', async () => {
  const erp = {
    ...DMITRI,
    name: 'erp',
    displayName: 'Sales ERP',
    kind: 'rabbitmq',
    target: 'rabbit.example/centers',
  }
  const lists = {
    ...LISTS,
    '/v1/integrations': { items: [DMITRI, erp] },
    '/v1/deliveries': { items: [DELIVERY, { ...DELIVERY, integration: 'erp' }] },
    '/v1/redrives': { items: [{ ...REDRIVE, filter: { integration: 'erp' } }] },
    '/v1/audit': {
      items: [{ at: AT, actor: 'ana', action: 'redrive.create', target: 'erp/r-1', reason: 'x' }],
    },
  }
  expect(await said('integrations', {}, lists)).toMatch(
    /Dmitri +healthy.*By code.*\n.*Sales ERP \(erp\) +healthy.*RabbitMQ rabbit\.example\/centers/,
  )
  expect(await said('deliveries', {}, lists)).toMatch(/Dmitri +c-1.*\n.*Sales ERP \(erp\) +c-1/)
  expect(await said('redrives', {}, lists)).toMatch(/running +Sales ERP \(erp\) +7 of/)
  expect(await said('audit', {}, lists)).toMatch(/asked for a redrive +Sales ERP \(erp\)\/r-1/)
  const asked = '/v1/integrations/erp:check'
  expect(await said('doctor', {}, { ...lists, [asked]: { state: 'there' } })).toMatch(
    /ok +Sales ERP \(erp\) +healthy, RabbitMQ .*; its broker lets us in, and its target is there/,
  )
  const failure = { kind: 'misconfigured', cause: 'exchange-not-found', message: 'There is no such exchange' }
  const failing = { ...lists, [asked]: { state: 'failing', failure } }
  expect(await said('doctor', {}, failing)).toMatch(
    /WRONG +Sales ERP \(erp\) +healthy, RabbitMQ .*; exchange-not-found: There is no such exchange/,
  )
  expect(await said('doctor', {}, lists)).toMatch(/Sales ERP \(erp\) +healthy, RabbitMQ rabbit\.example/)
  expect(await said('integrations --lang pt-BR', {}, lists)).toMatch(/DESTINO.*\n.*Por código/)
})
