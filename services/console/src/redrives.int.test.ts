import { z } from 'zod'
import { idOf, startConsole } from './testing/start-console.ts'

const tokenOf = (body: unknown): string =>
  z.looseObject({ nextPageToken: z.string() }).parse(body).nextPageToken

const problem = (slug: string, status: number) => ({ type: `urn:mensageria:problem:${slug}`, status })
const REASON = { reason: 'test' }

describe('redrives', () => {
  const filter = { integration: 'maas' }

  test('a dry run counts and shows, and leaves no trace', async () => {
    await using console = await startConsole()
    await console.put(1, 'parked')
    await console.put(2, 'rejected')
    await console.put(3, 'delivered')
    expect(await console.post('redrives', { filter, ...REASON, dryRun: true })).toMatchObject({
      status: 200,
      body: {
        count: 2,
        more: false,
        sample: [{ centerId: idOf(2) }, { centerId: idOf(1), state: 'parked' }],
      },
    })
    expect((await console.get('redrives')).body).toEqual({ items: [] })
    expect(await console.audited()).toEqual([])
  })

  test('one is created, listed, read, paused, resumed and cancelled; each of it is audited', async () => {
    await using console = await startConsole({ caller: 'ana@x.com' })
    await console.put(1, 'parked')
    const asked = {
      filter: { ...filter, since: '2020-01-01T00:00:00.000Z', q: 'CD' },
      reason: 'fixed',
      rampCap: 4,
    }
    const { status, body } = await console.post('redrives', asked)
    expect([status, body]).toMatchObject([
      202,
      {
        state: 'running',
        phase: 'canary',
        filter: { ...asked.filter, q: 'cd', states: ['parked', 'rejected'] },
        reason: 'fixed',
        requestedBy: 'ana@x.com',
        // Nothing counts what a search by time and text means.
        total: 0,
        more: true,
        delivered: 0,
        failed: 0,
        skipped: 0,
        inFlight: 0,
      },
    ])
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    expect((await console.get('redrives')).body).toEqual({ items: [body] })
    expect((await console.get(`redrives/${id}`)).body).toEqual(body)
    expect((await console.post(`redrives/${id}:pause`)).body).toMatchObject({ state: 'paused' })
    expect((await console.post(`redrives/${id}:resume`)).body).toMatchObject({ state: 'running' })
    expect((await console.post(`redrives/${id}:cancel`)).body).toMatchObject({ state: 'cancelled' })
    expect(await console.post(`redrives/${id}:resume`)).toMatchObject({ body: problem('redrive-ended', 409) })
    expect((await console.audited()).map(({ action }) => action)).toEqual([
      'redrive.cancel',
      'redrive.resume',
      'redrive.pause',
      'redrive.create',
    ])
  })

  test.each([
    ['no reason', { filter }],
    ['an empty filter', { filter: {}, ...REASON }],
    ['states alone', { filter: { states: ['parked'] }, ...REASON }],
    ['no states', { filter: { ...filter, states: [] }, ...REASON }],
    ['a state that does not exist', { filter: { ...filter, states: ['lost'] }, ...REASON }],
    ['delivered rows without force', { filter: { ...filter, states: ['delivered'] }, ...REASON }],
    ['a field that nobody knows', { filter: { ...filter, city: 'x' }, ...REASON }],
    ['a rate of nothing', { filter, ...REASON, ratePerSecond: 0 }],
    ['half a row', { filter, ...REASON, rampCap: 1.5 }],
    ['a center that is no id', { filter: { centerId: 'x' }, ...REASON }],
  ])('%s is refused, also for a dry run', async (_name, body) => {
    await using console = await startConsole()
    for (const dryRun of [false, true]) {
      expect(await console.post('redrives', { ...body, dryRun })).toMatchObject({
        status: 400,
        body: problem('invalid-request', 400),
      })
    }
    expect((await console.get('redrives')).body).toEqual({ items: [] })
  })

  test('of an integration that is not in the list is refused by name, and leaves no trace', async () => {
    await using console = await startConsole()
    for (const dryRun of [false, true]) {
      const asked = { filter: { integration: 'dmirti' }, ...REASON, dryRun }
      const detail = 'There is no integration named dmirti'
      expect(await console.post('redrives', asked)).toMatchObject({
        status: 400,
        body: { ...problem('invalid-request', 400), errors: [{ pointer: '/filter/integration', detail }] },
      })
    }
    expect([(await console.get('redrives')).body, await console.audited()]).toEqual([{ items: [] }, []])
  })

  test('are listed page by page; a token that no page gave is refused', async () => {
    await using console = await startConsole()
    for (const reason of ['first', 'second']) await console.post('redrives', { filter, reason })
    const { body } = await console.get('redrives?pageSize=1')
    expect(body).toMatchObject({ items: [{ reason: 'second' }], nextPageToken: expect.any(String) })
    const token = tokenOf(body)
    expect((await console.get(`redrives?pageSize=1&pageToken=${token}`)).body).toMatchObject({
      items: [{ reason: 'first' }],
    })
    for (const list of ['redrives', 'unreadable-messages', 'deliveries'])
      expect(await console.get(`${list}?pageToken=bm9wZQ`)).toMatchObject({ status: 400 })
  })

  test.each(['redrives/x', 'redrives/x:pause', 'redrives/x:cancel'])('%s is not found', async (path) => {
    await using console = await startConsole()
    const { status } = path.includes(':') ? await console.post(path) : await console.get(path)
    expect(status).toBe(404)
  })
})
