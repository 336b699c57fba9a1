import { get } from 'node:http'
import { askRaw, ODD_REQUESTS } from '@mensageria/testkit/odd-requests'
import { DEFAULT_DIALS } from '../dials.ts'
import { ITEM } from '../testing/sample-system.ts'
import { startTestSimulator } from '../testing/test-client.ts'

const { simulator, call } = await startTestSimulator()
beforeEach(() => simulator.reset())
afterAll(() => simulator.close())

const control = (path: string, init: RequestInit = {}) => fetch(`${simulator.url}/simulator${path}`, init)
const write = () => call('second', '/items/a', { body: ITEM, key: 'a:1:second' })
const putDials = (system: string, dials: unknown) =>
  control(`/dials/${system}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(dials),
  })

test('health answers 200', async () => {
  expect((await control('/health')).status).toBe(200)
})

test('dials that are put are in force, are shown, and replace all that were there', async () => {
  const put = await putDials('second', { mode: 'down', latencyMs: 1 })
  expect(put.status).toBe(200)
  expect(await put.json()).toEqual({ ...DEFAULT_DIALS, mode: 'down', latencyMs: 1 })
  expect((await write()).status).toBe(503)

  await putDials('second', { honorKeys: false })
  expect(await (await control('/dials/second')).json()).toEqual({ ...DEFAULT_DIALS, honorKeys: false })
})

test('dials that do not fit are refused and change nothing', async () => {
  const put = await putDials('second', { mode: 'down', speed: 1 })
  expect(put.status).toBe(400)
  expect(await put.json()).toEqual({ code: 'invalid-request', message: expect.stringContaining('speed') })
  expect(simulator.dials('second')).toEqual(DEFAULT_DIALS)
})

test.each(['/dials/nobody', '/records/nobody', '/redirect-target/nobody'])('%s is 404', async (path) => {
  expect((await control(path)).status).toBe(404)
})

test('dials of an unknown system cannot be put', async () => {
  expect((await putDials('nobody', {})).status).toBe(404)
})

test('effects of an unknown system are 400', async () => {
  expect((await control('/effects?system=nobody')).status).toBe(400)
})

test('records are what the system holds', async () => {
  await write()
  expect(await (await control('/records/second')).json()).toEqual({
    items: [{ id: 'a', ...ITEM }],
  })
})

test('reset forgets records, effects, keys, stats and dials', async () => {
  await write()
  simulator.setDials('second', { mode: 'down' })
  const headers = { 'content-type': 'application/json' }
  expect((await control('/reset', { method: 'POST', headers })).status).toBe(204)
  expect(simulator.dials('second')).toEqual(DEFAULT_DIALS)
  expect(simulator.records('second')).toEqual([])
  expect(simulator.summaryOf('second')).toMatchObject({ requests: 0, effects: 0, maxInFlight: 0 })
  expect((await write()).status).toBe(201)
  expect(simulator.effects('second')).toHaveLength(1)
})

test.each([{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-www-form-urlencoded' }])(
  'c23: a reset with %j, as a page may send it anywhere, is refused',
  async (headers) => {
    await write()
    expect((await control('/reset', { method: 'POST', headers, body: '' })).status).toBe(415)
    expect(simulator.effects('second')).toHaveLength(1)
  },
)

const ask = (headers: Record<string, string>, path = '/simulator/summary'): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(simulator.url)
    get({ hostname, port, path, headers }, (answer) => resolve(answer.resume().statusCode ?? 0)).on(
      'error',
      reject,
    )
  })

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80', '[::1].evil.example'])(
  'c23: the Host %j does not reach what a test sets and asks',
  async (host) => {
    expect(await ask({ host })).toBe(421)
  },
)

test.each(['localhost', 'LOCALHOST:8080', 'localhost.', '127.0.0.1', '[::1]:80'])(
  'c23: the Host %j does',
  async (host) => {
    expect(await ask({ host })).toBe(200)
  },
)

test('c23: a page of another site is refused, also where it asks with a whole address', async () => {
  expect(await ask({ 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await ask({ origin: 'http://evil.example' })).toBe(403)
  expect(await ask({}, 'http://evil.example/simulator/summary')).toBe(421)
})

test.each(['/simulator/summary', '/second/items/x', '/nothing'])(
  'row 52: every odd request to %s is answered, and nobody is left hanging',
  async (path) => {
    const port = Number(new URL(simulator.url).port)
    for (const { name, write: toBytes } of ODD_REQUESTS) {
      for (const method of ['GET', 'PUT']) {
        const { status, ended } = await askRaw(port, toBytes({ path, method, body: '{}' }))
        expect([name, ended, status > 0 && status < 500]).toEqual([name, true, true])
      }
    }
    expect(await ask({})).toBe(200)
  },
)
