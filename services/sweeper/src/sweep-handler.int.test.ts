import { getTestServer } from '@google-cloud/functions-framework/testing'
import { IntegrationPolicy, toEvent } from '@mensageria/contracts'
import { center } from '@mensageria/contracts/samples'
import { blankRow, composeSweeper, newRedrive, toSettings, type HandOver } from '@mensageria/core'
import { askOddly, askRaw } from '@mensageria/testkit/odd-requests'
import { openEmbedded } from '@mensageria/embedded'
import {
  createLogger,
  createSweepLog,
  createSystemClock,
  createSystemIds,
  listenFunction,
  loadConfig,
} from '@mensageria/runtime'
import { maintenanceOf, SweeperConfig } from './config.ts'
import { registerSweeper, SWEEP_FUNCTION } from './register-sweeper.ts'
import { z } from 'zod'

const INTEGRATIONS = [
  toSettings('dmitri', IntegrationPolicy.parse({}), { minIntervalMs: 1, maxIntervalMs: 1 }),
]

const DailyLine = z.object({
  day: z.iso.date(),
  registered: z.number(),
  accepted: z.number(),
  balanced: z.boolean(),
})

const DAY_MS = 86_400_000

// A clock whose sleeps take no time, a day after the center was accepted.
const createClock = () => ({
  ...createSystemClock(),
  now: () => Date.parse(center.updatedAt) + DAY_MS,
  sleep: async () => undefined,
})

const open = async ({ fails = false, countFails = false } = {}) => {
  const lines: string[] = []
  const published: string[] = []
  const handedOver: unknown[] = []
  const logger = createLogger({
    level: 'debug',
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const engine = openEmbedded({ dataDir: ':memory:', subscriptions: INTEGRATIONS, onError: () => undefined })
  const stored = { center, requestId: 'r', traceparent: undefined, actor: 'local' }
  await engine.centers.create({ stored, event: toEvent(center, undefined) })
  // Its backfill is done: what waits without an open event waits for nobody.
  await engine.states.write('dmitri', 'membership', { unsettledAt: 0, backfilledSince: 0 })
  const handOver: HandOver = async (...args) => {
    handedOver.push(args)
    return { ack: true, result: 'delivered' }
  }
  const count = async () => {
    if (countFails) throw new Error('counting is hunter2')
    return [{ integration: 'dmitri', count: 2 }]
  }
  const counted = { ...engine, stats: { ...engine.stats, count } }
  const sweep = composeSweeper(counted, {
    integrations: INTEGRATIONS,
    maintenance: { intervalMs: 1, settleMs: 120_000, retireAfterMs: DAY_MS },
    observe: createSweepLog(logger),
    publisher: {
      publish: async ({ id }) => {
        if (fails) throw new Error('the broker is hunter2')
        published.push(id)
      },
    },
    handOver,
    clock: createClock(),
    ids: createSystemIds(),
  })
  registerSweeper({ sweep, budgetMs: 400, logger })
  const server = getTestServer(SWEEP_FUNCTION)
  const listening = await listenFunction(server, {
    host: '127.0.0.1',
    port: 0,
    bodyLimitBytes: 1024,
    allowedHosts: [],
  })
  return {
    engine,
    lines,
    published,
    handedOver,
    port: Number(new URL(listening.url).port),
    send: (method = 'POST') => fetch(listening.url, { method }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await listening.close()
      engine.close()
    },
  }
}

describe('POST /', () => {
  test('sweeps, and answers with the report', async () => {
    await using system = await open()
    const answer = await system.send()
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { closed: 0, published: 1, waiting: 0, recovered: {} },
    ])
    expect(system.published).toEqual([`${center.id}:1`])
    expect(system.lines.join('')).toContain('sweep.done')
  })

  test('twice at once harms nothing', async () => {
    await using system = await open()
    const answers = await Promise.all([system.send(), system.send(), system.send()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(system.published)).toEqual(new Set([`${center.id}:1`]))
  })

  test('is a problem document where the sweep failed, without its words', async () => {
    await using system = await open({ fails: true })
    const answer = await system.send()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'application/problem+json'])
    expect(await answer.text()).not.toContain('hunter2')
    expect(system.lines.join('')).toContain('hunter2')
  })

  test('takes what people asked for to its end', async () => {
    await using system = await open()
    const { ledger, redrives } = system.engine
    const row = blankRow({ integration: 'dmitri', centerId: center.id }, 1, 'token')
    await ledger.create({ ...row, state: 'rejected' })
    const request = { reason: 'x', requestedBy: 'ana', force: false }
    const filter = { integration: 'dmitri', states: ['rejected'] as const }
    const context = { id: 'r', now: Date.parse(center.updatedAt), expected: 1, integrations: ['dmitri'] }
    const { redrive, lanes } = newRedrive({ ...request, filter }, context)
    await redrives.create(redrive, lanes)
    expect((await system.send()).status).toBe(200)
    expect(await redrives.read('r')).toMatchObject({
      redrive: { state: 'done' },
      lanes: [{ lane: { delivered: 1 } }],
    })
    expect(system.handedOver).toMatchObject([['dmitri', {}, { kind: 'redrive', id: 'r' }]])
  })

  test('counts beside it: what nothing stands for is told, and a count that fails fails no sweep', async () => {
    await using system = await open()
    expect((await system.send()).status).toBe(200)
    expect(system.lines.join('')).toContain('stats.unaccounted')
    await using failing = await open({ countFails: true })
    expect((await failing.send()).status).toBe(200)
    const failed = failing.lines.filter((line) => line.includes('maintenance.failed'))
    expect(failed.map((line): unknown => JSON.parse(line))).toMatchObject([
      { task: 'stats', severity: 'ERROR' },
    ])
  })

  test('tells of the day that has ended, once', async () => {
    await using system = await open()
    for (let sweep = 0; sweep < 3; sweep++) expect((await system.send()).status).toBe(200)
    const told = system.lines
      .filter((line) => line.includes('report.daily'))
      .map((line) => DailyLine.parse(JSON.parse(line)))
    expect(told).toMatchObject([
      { day: center.updatedAt.slice(0, 10), accepted: 1, registered: 1, balanced: true },
    ])
  })

  test.each(['GET', 'DELETE'])('%s is 405, and sweeps nothing', async (method) => {
    await using system = await open()
    expect((await system.send(method)).status).toBe(405)
    expect(system.published).toEqual([])
  })
})

describe('configuration', () => {
  test('a missing integration keeps its rows for a day, and a changed list settles before a backfill', () => {
    const config = loadConfig(SweeperConfig, { GOOGLE_CLOUD_PROJECT: 'p' })
    expect(maintenanceOf(config)).toEqual({ intervalMs: 50_000, settleMs: 120_000, retireAfterMs: DAY_MS })
    const changed = { GOOGLE_CLOUD_PROJECT: 'p', STATS_INTERVAL: '2s', RETIRE_AFTER: '1h' }
    expect(maintenanceOf(loadConfig(SweeperConfig, changed))).toMatchObject({
      intervalMs: 2_000,
      retireAfterMs: 3_600_000,
    })
  })

  test('a sweep goes on for 50 s unless said otherwise', () => {
    expect(loadConfig(SweeperConfig, { GOOGLE_CLOUD_PROJECT: 'p' }).SWEEP_BUDGET).toBe(50_000)
    expect(loadConfig(SweeperConfig, { GOOGLE_CLOUD_PROJECT: 'p', SWEEP_BUDGET: '5s' }).SWEEP_BUDGET).toBe(
      5_000,
    )
  })

  test('but not beyond the next call', () => {
    expect(() => loadConfig(SweeperConfig, { GOOGLE_CLOUD_PROJECT: 'p', SWEEP_BUDGET: '1m' })).toThrow(
      'SWEEP_BUDGET',
    )
  })
})

test('row 52: every odd request is answered or refused with a problem document, and the function goes on', async () => {
  await using system = await open()
  expect(await askOddly(system.port, { method: 'GET', path: '/', body: '{}' })).toEqual([])
  const crlf = '\r\n'
  for (const headers of ['Host: evil.example', `Host: localhost${crlf}Sec-Fetch-Site: cross-site`]) {
    const answer = await askRaw(
      system.port,
      ['POST / HTTP/1.1', headers, 'Connection: close', crlf].join(crlf),
    )
    expect(answer).toMatchObject({ status: 421, ended: true })
  }
  expect((await system.send()).status).toBe(200)
})
