import { ITEM } from './testing/sample-system.ts'
import { startTestSimulator } from './testing/test-client.ts'

const { simulator, call } = await startTestSimulator()
beforeEach(() => simulator.reset())
afterAll(() => simulator.close())

const create = () => call('first', '/items', { method: 'POST', body: ITEM, key: 'a:1:first' })
const lookUp = () => call('first', '/items?externalId=a', { method: 'GET' })
const upsert = (version: number) => call('second', '/items/a', { body: ITEM, key: `a:${version}:second` })
const putCity = (key: string) => call('third', '/items/3509205', { body: ITEM, key })

const getJson = async (path: string): Promise<unknown> =>
  (await fetch(`${simulator.url}/simulator${path}`)).json()

describe('effect log', () => {
  test('an effect carries its key, center, version, subject and trace', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    await call('third', '/items/3509205', {
      body: ITEM,
      key: 'c:7:third:r2',
      headers: { traceparent },
    })
    const effect = {
      system: 'third',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      idempotencyKey: 'c:7:third:r2',
      centerId: 'c',
      version: 7,
      operation: 'upsert',
      subject: '3509205',
      traceparent,
    }
    expect(await getJson('/effects?system=third')).toEqual({ items: [effect] })
    expect(await getJson('/effects')).toEqual({ items: [effect] })
    expect(await getJson('/effects?system=second')).toEqual({ items: [] })
  })

  test('a write without a key is logged without a center', async () => {
    await call('second', '/items/a', { body: ITEM })
    expect(simulator.effects('second')).toEqual([
      { system: 'second', at: expect.any(String), operation: 'upsert', subject: 'a' },
    ])
  })
})

describe('idempotency keys', () => {
  test('the same write again gets its first answer and has no further effect', async () => {
    const [first, second] = [await create(), await create()]
    expect(second.status).toBe(201)
    expect(await second.json()).toEqual(await first.json())
    expect(simulator.summaryOf('first')).toMatchObject({ requests: 2, effects: 1, duplicates: 0 })
  })

  test('a refusal is replayed too, and only a new key is judged anew', async () => {
    simulator.setDials('third', { refuse: ['3509205'] })
    await putCity('a:1:third')
    simulator.setDials('third', {})
    expect((await putCity('a:1:third')).status).toBe(422)
    expect((await putCity('a:1:third:r1')).status).toBe(201)
  })

  test('an update that found nothing does not answer for the create under the same key', async () => {
    const body = ITEM
    const key = 'a:2:first'
    expect((await call('first', '/known/gone', { body, key })).status).toBe(404)
    expect((await call('first', '/items', { method: 'POST', body, key })).status).toBe(201)
  })

  test('where keys are not honored, the second effect is a duplicate', async () => {
    simulator.setDials('second', { honorKeys: false })
    await upsert(1)
    expect((await upsert(1)).status).toBe(200)
    expect(simulator.summaryOf('second')).toMatchObject({ effects: 2, duplicates: 1 })
  })

  test('a create that is refused because it exists is no effect', async () => {
    simulator.setDials('first', { honorKeys: false })
    await create()
    expect((await create()).status).toBe(409)
    expect(simulator.summaryOf('first')).toMatchObject({ requests: 2, effects: 1, duplicates: 0 })
  })
})

describe('summary', () => {
  test('a version that comes after a newer one is seen', async () => {
    await upsert(2)
    await upsert(1)
    expect(simulator.summaryOf('second').versionsBackwards).toBe(1)
  })

  test('one after the other, a center never has two requests in flight', async () => {
    for (const version of [1, 2, 3, 4, 5]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await upsert(version)
    }
    expect(simulator.summaryOf('second')).toMatchObject({
      requests: 5,
      maxInFlight: 1,
      maxInFlightPerCenter: 1,
    })
  })

  test('a look-up counts for the center it asks for', async () => {
    simulator.setDials('first', { latencyMs: 50 })
    await Promise.all([lookUp(), lookUp()])
    expect(simulator.summaryOf('first')).toMatchObject({ maxInFlight: 2, maxInFlightPerCenter: 2 })
  })

  test('over HTTP it has the stats of each system', async () => {
    await putCity('a:1:third')
    const quiet = {
      requests: 0,
      effects: 0,
      duplicates: 0,
      versionsBackwards: 0,
      redirectsFollowed: 0,
      maxInFlight: 0,
      maxInFlightPerCenter: 0,
      peakRatePerSecond: 0,
      startedPerSecond: [],
    }
    const one = { requests: 1, effects: 1, maxInFlight: 1, maxInFlightPerCenter: 1, peakRatePerSecond: 1 }
    expect(await getJson('/summary')).toEqual({
      first: quiet,
      second: quiet,
      third: { ...quiet, ...one, startedPerSecond: [1] },
    })
  })
})
