import { z } from 'zod'
import { idOf, startConsole } from './testing/start-console.ts'

const tokenOf = (body: unknown): string =>
  z.looseObject({ nextPageToken: z.string() }).parse(body).nextPageToken

const away = async () => {
  throw new Error('the store is away')
}
const problem = (slug: string, status: number) => ({ type: `urn:mensageria:problem:${slug}`, status })
const REASON = { reason: 'test' }

describe('integrations', () => {
  test('are listed in their order, each with its counts and health', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    await console.put(2)
    const { status, body } = await console.get('integrations')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      items: [
        {
          name: 'maas',
          health: 'failing',
          counts: { waiting: 1, delivering: 0, retrying: 0, rejected: 0, parked: 1, delivered: 0 },
          lastFailure: { kind: 'transient', cause: 'http-503', message: 'It said no' },
          horizonHours: expect.any(Number),
        },
        { name: 'dmitri', health: 'healthy', counts: { waiting: 2 } },
      ],
    })
    expect(await console.get('integrations/maas')).toMatchObject({ status: 200, body: { name: 'maas' } })
  })

  test('say how people call them, and where a destination by configuration is', async () => {
    const target = { url: 'amqps://rabbit.example/sales', exchange: 'centers', routing_key: 'center.{type}' }
    const maas = { displayName: 'Sales ERP', destination: { kind: 'rabbitmq', target } } as const
    await using console = await startConsole({ maas })
    const { body } = await console.get('integrations')
    expect(body).toMatchObject({
      items: [
        { name: 'maas', displayName: 'Sales ERP', kind: 'rabbitmq', target: 'rabbit.example/sales/centers' },
        { name: 'dmitri', displayName: 'dmitri', kind: 'code' },
      ],
    })
    expect(z.looseObject({ items: z.array(z.looseObject({})) }).parse(body).items[1]).not.toHaveProperty(
      'target',
    )
  })

  test('are asked, without a delivery, whether they are there', async () => {
    const failure = { kind: 'misconfigured', cause: 'exchange-not-found', message: 'no exchange' } as const
    const answers = [undefined, failure]
    await using console = await startConsole({ checks: new Map([['maas', async () => answers.shift()]]) })
    const ask = (name: string) => console.post(`integrations/${name}:check`)
    expect(await ask('maas')).toEqual({ status: 200, body: { state: 'there' } })
    expect(await ask('maas')).toEqual({ status: 200, body: { state: 'failing', failure } })
    expect(await ask('dmitri')).toEqual({ status: 200, body: { state: 'unchecked' } })
    expect(await ask('nobody')).toMatchObject({ status: 404 })
  })

  test('one that is down shows its canary', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    const recovery = { phase: 'canary', gapMs: 500, nextAt: Date.now() + 500, since: Date.now() } as const
    await console.engine.states.write('maas', 'recovery', recovery)
    const { body } = await console.get('integrations/maas')
    expect(body).toMatchObject({
      health: 'down',
      recovery: { phase: 'canary', window: 1, nextAt: new Date(recovery.nextAt).toISOString() },
    })
  })

  test('are paused and resumed with a reason, audited; the same again changes nothing, another reason is kept', async () => {
    await using console = await startConsole({ caller: 'ana@x.com' })
    const { status, body } = await console.post('integrations/maas:pause', { reason: 'maintenance' })
    expect([status, body]).toMatchObject([
      200,
      { health: 'paused', paused: { by: 'ana@x.com', reason: 'maintenance' } },
    ])
    expect(await console.post('integrations/maas:pause', { reason: 'maintenance' })).toEqual({
      status: 200,
      body: { ...z.looseObject({}).parse(body), asOf: expect.any(String) },
    })
    expect(await console.post('integrations/maas:pause', { reason: 'until Monday' })).toMatchObject({
      body: { paused: { reason: 'until Monday' } },
    })
    const resumed = await console.post('integrations/maas:resume', { reason: 'done' })
    expect(resumed).toMatchObject({ status: 200, body: { health: 'healthy' } })
    expect(
      (await console.audited()).map(({ action, target, actor, reason }) => [action, target, actor, reason]),
    ).toEqual([
      ['integration.resume', 'maas', 'ana@x.com', 'done'],
      ['integration.pause', 'maas', 'ana@x.com', 'until Monday'],
      ['integration.pause', 'maas', 'ana@x.com', 'maintenance'],
    ])
  })

  test.each(['integrations/nobody:pause', 'integrations/nobody:resume'])('%s is not found', async (path) => {
    await using console = await startConsole()
    expect(await console.post(path, REASON)).toMatchObject({ status: 404, body: problem('not-found', 404) })
  })

  test.each([
    {},
    { reason: '' },
    { reason: ' ' },
    { reason: 'x'.repeat(301) },
    { reason: 'x', more: 1 },
    { reason: 5 },
  ])('the body %j is refused, and nothing happens', async (body) => {
    await using console = await startConsole()
    expect(await console.post('integrations/maas:pause', body)).toMatchObject({
      status: 400,
      body: problem('invalid-request', 400),
    })
    expect(await console.audited()).toEqual([])
  })
})

describe('deliveries', () => {
  test('are found by what is asked, page by page', async () => {
    await using console = await startConsole()
    for (const n of [1, 2, 3]) await console.put(n, 'parked')
    await console.put(4, 'rejected', { cause: 'rejected:x' })
    const first = await console.get('deliveries?integration=maas&state=parked&pageSize=2')
    expect(first.body).toMatchObject({
      items: [{ centerId: idOf(3), state: 'parked', integration: 'maas' }, { centerId: idOf(2) }],
      nextPageToken: expect.any(String),
    })
    const token = tokenOf(first.body)
    const second = await console.get(`deliveries?integration=maas&state=parked&pageSize=2&pageToken=${token}`)
    expect(second.body).toEqual({ items: [expect.objectContaining({ centerId: idOf(1) })] })
    expect((await console.get('deliveries?cause=rejected:x')).body).toMatchObject({
      items: [{ centerId: idOf(4) }],
    })
    expect((await console.get('deliveries?kind=rejected&q=cd')).body).toMatchObject({
      items: [{ centerId: idOf(4) }],
    })
    expect((await console.get('deliveries?since=2099-01-01T00:00:00Z')).body).toEqual({ items: [] })
    expect((await console.get('deliveries?state=waiting')).body).toMatchObject({
      items: [1, 2, 3, 4]
        .toReversed()
        .map((n) => ({ centerId: idOf(n), integration: 'dmitri', state: 'waiting' })),
    })
  })

  test.each([
    'state=lost',
    'kind=x',
    'pageSize=0',
    'pageSize=201',
    'pageToken=x',
    'pageToken=',
    'since=yesterday',
    'until=1',
    'q=',
    'unknown=1',
    'state=parked&state=rejected',
  ])('the query %s is refused', async (query) => {
    await using console = await startConsole()
    expect(await console.get(`deliveries?${query}`)).toMatchObject({
      status: 400,
      body: { ...problem('invalid-request', 400), errors: [{ pointer: expect.stringMatching(/^\/query/) }] },
    })
  })

  test('one is shown with its history, also before anything has happened', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    expect(await console.get(`deliveries/maas/${idOf(1)}`)).toMatchObject({
      status: 200,
      body: { state: 'parked', history: [] },
    })
    expect(await console.get(`deliveries/dmitri/${idOf(1)}`)).toMatchObject({ body: { state: 'waiting' } })
  })

  test.each([`maas/${idOf(9)}`, `nobody/${idOf(1)}`, 'maas/no-uuid'])('%s is not found', async (path) => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    expect(await console.get(`deliveries/${path}`)).toMatchObject({ status: 404 })
    expect(await console.post(`deliveries/${path}:redrive`, REASON)).toMatchObject({ status: 404 })
  })

  test('one is sent again once; a delivered one needs force', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    await console.put(2, 'delivered')
    const path = `deliveries/maas/${idOf(1)}:redrive`
    expect(await console.post(path, REASON)).toMatchObject({
      status: 202,
      body: { state: 'running', total: 1, remaining: 1, filter: { centerId: idOf(1) }, requestedBy: 'local' },
    })
    expect(await console.post(path, REASON)).toMatchObject({
      status: 409,
      body: problem('already-in-redrive', 409),
    })
    const delivered = `deliveries/maas/${idOf(2)}:redrive`
    expect(await console.post(delivered, REASON)).toMatchObject({ body: problem('already-delivered', 409) })
    expect(await console.post(delivered, { ...REASON, force: true })).toMatchObject({ status: 202 })
    expect(await console.audited()).toHaveLength(2)
  })
})

describe('the overview', () => {
  test('adds up: accepted x integrations = the sum over the states', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    await console.put(1, 'delivered', { integration: 'dmitri' })
    await console.put(2)
    const { body } = await console.get('summary')
    expect(body).toEqual({
      asOf: expect.any(String),
      accepted: 2,
      openEvents: 2,
      deliveries: { waiting: 2, delivering: 0, retrying: 0, rejected: 0, parked: 1, delivered: 1 },
    })
  })

  test('groups failures by cause', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    await console.put(2, 'rejected', { integration: 'dmitri', cause: 'rejected:x' })
    await console.put(3, 'rejected', { integration: 'dmitri', cause: 'rejected:x' })
    const { body } = await console.get('failure-groups')
    expect(body).toMatchObject({
      items: [
        {
          integration: 'dmitri',
          kind: 'rejected',
          cause: 'rejected:x',
          count: 2,
          sample: { message: 'It said no' },
        },
        {
          integration: 'maas',
          kind: 'transient',
          cause: 'http-503',
          count: 1,
          sample: { centerId: idOf(1) },
        },
      ],
    })
    expect((await console.get('failure-groups?integration=maas')).body).toMatchObject({
      items: [{ count: 1 }],
    })
    expect(await console.get('failure-groups?name=maas')).toMatchObject({ status: 400 })
  })

  test('shows messages that nobody can read', async () => {
    await using console = await startConsole()
    const message = {
      subscription: 'maas',
      messageId: 'm',
      receivedAt: 5,
      reason: 'no JSON',
      attributes: {},
      data: 'eA==',
    }
    await console.engine.unreadable.keep(message)
    expect((await console.get('unreadable-messages')).body).toEqual({
      items: [
        {
          receivedAt: new Date(5).toISOString(),
          subscription: 'maas',
          reason: 'no JSON',
          attributes: {},
          data: 'eA==',
        },
      ],
    })
  })
})

test('the path of unreadable messages until release 0.2 leads to the new one, with its query', async () => {
  await using console = await startConsole()
  const answer = await console.app.inject({ method: 'GET', url: '/v1/dead-letters?pageSize=1' })
  expect([answer.statusCode, answer.headers.location]).toEqual([308, '/v1/unreadable-messages?pageSize=1'])
})

test('shows who changed what, newest first and page by page', async () => {
  await using console = await startConsole({ caller: 'ana@x.com' })
  await console.post('integrations/maas:pause', { reason: 'maintenance' })
  await console.post('integrations/maas:resume', { reason: 'done' })
  const first = await console.get('audit?pageSize=1')
  expect(first).toMatchObject({
    status: 200,
    body: { items: [{ actor: 'ana@x.com', action: 'integration.resume', target: 'maas', reason: 'done' }] },
  })
  const { body } = await console.get(`audit?pageSize=1&pageToken=${tokenOf(first.body)}`)
  expect(body).toMatchObject({ items: [{ action: 'integration.pause', at: expect.stringContaining('T') }] })
  expect(await console.get('audit?pageToken=x')).toMatchObject({ status: 400 })
})

test('a store that is away is a 503 that says nothing of its cause', async () => {
  const search = { find: away }
  const stats = { ofIntegration: away, failureGroups: away, totals: away }
  await using console = await startConsole({
    standIns: { search, stats, redrives: { read: away, list: away } },
  })
  for (const path of ['integrations', 'deliveries', 'failure-groups', 'redrives', 'redrives/x', 'summary']) {
    const { status, body } = await console.get(path)
    expect([path, status]).toEqual([path, 503])
    expect(JSON.stringify(body)).not.toContain('the store is away')
  }
})

test('the document shows every route, as people write it', async () => {
  await using console = await startConsole()
  const answer = await console.app.inject({ method: 'GET', url: '/openapi.json' })
  const { paths } = answer.json<{ paths: Record<string, Record<string, object>> }>()
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(routes.filter((route) => route.includes('/v1/')).toSorted()).toEqual(
    [
      'get /v1/audit',
      'get /v1/attempts',
      'get /v1/unreadable-messages',
      'get /v1/deliveries',
      'get /v1/deliveries/{integration}/{centerId}',
      'get /v1/events',
      'get /v1/failure-groups',
      'get /v1/integrations',
      'get /v1/integrations/{name}',
      'post /v1/integrations/{name}:check',
      'get /v1/redrives',
      'get /v1/redrives/{id}',
      'get /v1/report',
      'get /v1/summary',
      'post /v1/deliveries/{integration}/{centerId}:redrive',
      'post /v1/integrations/{name}:pause',
      'post /v1/integrations/{name}:resume',
      'post /v1/redrives',
      'post /v1/redrives/{id}:cancel',
      'post /v1/redrives/{id}:pause',
      'post /v1/redrives/{id}:resume',
      'put /v1/failure-groups/{integration}/{cause}',
    ].toSorted(),
  )
})

test.each([
  ['GET', 'integrations/maas:pause', 'POST'],
  ['DELETE', 'redrives/x', 'GET, HEAD'],
  ['PUT', 'redrives', 'GET, HEAD, POST'],
] as const)('%s %s is not allowed', async (method, path, allow) => {
  await using console = await startConsole()
  const answer = await console.app.inject({ method, url: `/v1/${path}` })
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow])
})
