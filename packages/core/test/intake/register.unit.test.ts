import type { Registration } from '@mensageria/contracts'
import type { Publish } from '../../src/intake/publish.ts'
import { createRegister, IDEMPOTENCY_MS } from '../../src/intake/register.ts'
import {
  centerOf,
  createTestClock,
  createTestIds,
  KEY,
  NOW,
  REGISTRATION,
  TRACEPARENT,
} from '../../src/testing/samples.ts'
import { createTestCenters, type Fault } from '../support.ts'

const OTHER: Registration = { ...REGISTRATION, name: 'CD Jundiai' }
const ID = KEY.centerId

const setUp = (...faults: Fault[]) => {
  const clock = createTestClock()
  const centers = createTestCenters()
  centers.faults.push(...faults)
  const published: string[] = []
  const publish: Publish = async (event) => {
    published.push(event.id)
    return 'published'
  }
  const register = createRegister({ centers, publish, clock, ids: createTestIds() })
  const run = (registration = REGISTRATION, idempotencyKey?: string, caller = 'tool') =>
    register(registration, {
      caller,
      traceparent: TRACEPARENT,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
  return { clock, centers, published, run }
}

describe('a registration', () => {
  test('of a new center is one commit and no read, then published', async () => {
    const { centers, published, run } = setUp()
    const at = new Date(NOW).toISOString()
    expect(await run()).toEqual({
      kind: 'created',
      publication: 'published',
      center: { id: ID, version: 1, createdAt: at, updatedAt: at, ...REGISTRATION },
    })
    expect(centers.calls).toEqual(['create'])
    expect(centers.events).toEqual([`${ID}:1`])
    expect(published).toEqual([`${ID}:1`])
  })

  test('is not published again by us where the commit gave its event to the broker', async () => {
    const { centers, published } = setUp()
    const register = createRegister({
      centers: { ...centers, create: async () => ({ committed: true, published: true }) },
      publish: async () => 'pending',
      clock: createTestClock(),
      ids: createTestIds(),
    })
    const result = await register(REGISTRATION, { caller: 'tool', traceparent: TRACEPARENT })
    expect(result).toMatchObject({ kind: 'created', publication: 'published' })
    expect(published).toEqual([])
  })

  test('that is repeated is one failed commit and one read, and publishes nothing', async () => {
    const { centers, published, run } = setUp()
    await run()
    centers.forgetCalls()
    expect(await run()).toMatchObject({ kind: 'same', center: { version: 1 } })
    expect(centers.calls).toEqual(['create', 'read'])
    expect(published).toHaveLength(1)
  })

  test('of the same taxId with other data finds the existing center and changes nothing', async () => {
    const { centers, published, run } = setUp()
    await run()
    expect(await run(OTHER)).toMatchObject({ kind: 'exists', existing: { id: ID, name: REGISTRATION.name } })
    expect(centers.events).toHaveLength(1)
    expect(published).toHaveLength(1)
  })

  test('with the first data, after an update, finds other data', async () => {
    const { centers, run } = setUp()
    const center = { ...centerOf(2), name: 'CD Jundiai' }
    centers.put({ center, requestId: 'theirs', traceparent: undefined })
    expect(await run()).toMatchObject({ kind: 'exists', existing: { version: 2 } })
    expect(await run(OTHER)).toMatchObject({ kind: 'same', center: { version: 2 } })
  })

  test('ten times at once is created once', async () => {
    const { centers, published, run } = setUp()
    const kinds = (await Promise.all(Array.from({ length: 10 }, () => run()))).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'created')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'same')).toHaveLength(9)
    expect(centers.events).toHaveLength(1)
    expect(published).toHaveLength(1)
  })

  test('whose commit went through although its answer was lost is recognized by its request', async () => {
    const { centers, published, run } = setUp('refused-but-written')
    expect(await run()).toMatchObject({ kind: 'created', publication: 'published' })
    expect(centers.calls).toEqual(['create', 'read'])
    expect(published).toEqual([`${ID}:1`])
  })

  test('that cannot be committed throws, and nothing is kept or published', async () => {
    const { centers, published, run } = setUp('throws')
    await expect(run()).rejects.toThrow('the store is away')
    expect(await centers.read(ID)).toBeUndefined()
    expect(published).toEqual([])
  })

  test('that is overtaken again and again throws in the end', async () => {
    const { published, run } = setUp('refused', 'refused', 'refused', 'refused', 'refused')
    await expect(run()).rejects.toThrow('overtaken')
    expect(published).toEqual([])
  })
})

describe('a registration with an idempotency key', () => {
  test('is kept in the same commit for 24 h', async () => {
    const { centers, run } = setUp()
    await run(REGISTRATION, 'k')
    expect(centers.calls).toEqual(['create'])
    expect(centers.kept()).toMatchObject([
      { caller: 'tool', key: 'k', status: 201, expiresAt: NOW + IDEMPOTENCY_MS },
    ])
    expect(IDEMPOTENCY_MS).toBe(86_400_000)
  })

  test('and the same body is replayed with its first answer, also after an update', async () => {
    const { centers, published, run } = setUp()
    await run(REGISTRATION, 'k')
    centers.put({ center: { ...centerOf(2), name: 'new' }, requestId: 'theirs', traceparent: undefined })
    expect(await run(REGISTRATION, 'k')).toMatchObject({
      kind: 'replayed',
      status: 201,
      center: { version: 1, name: REGISTRATION.name },
    })
    expect(published).toHaveLength(1)
  })

  test('and another body is a reuse, also for another center', async () => {
    const { centers, run } = setUp()
    await run(REGISTRATION, 'k')
    expect(await run(OTHER, 'k')).toEqual({ kind: 'key-reused' })
    expect(await run({ ...REGISTRATION, taxId: '11444777000161' }, 'k')).toEqual({ kind: 'key-reused' })
    expect(centers.events).toHaveLength(1)
  })

  test('of another caller is another key', async () => {
    const { run } = setUp()
    await run(REGISTRATION, 'k')
    expect(await run(REGISTRATION, 'k', 'another tool')).toMatchObject({ kind: 'same' })
    expect(await run(REGISTRATION, 'k', 'another tool')).toMatchObject({ kind: 'replayed', status: 200 })
  })

  test('that had the answer 200 is replayed with 200', async () => {
    const { centers, run } = setUp()
    await run()
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'same' })
    expect(centers.kept()).toMatchObject([{ key: 'k', status: 200, center: { version: 1 } }])
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'replayed', status: 200 })
  })

  test('that found other data is not kept', async () => {
    const { centers, run } = setUp()
    await run()
    expect(await run(OTHER, 'k')).toMatchObject({ kind: 'exists' })
    expect(centers.kept().length).toBe(0)
  })
})

describe('an idempotency key that has expired', () => {
  test('is replaced by the answer of the new request', async () => {
    const { clock, centers, run } = setUp()
    await run(REGISTRATION, 'k')
    clock.advance(IDEMPOTENCY_MS - 1)
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'replayed' })
    clock.advance(1)
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'same' })
    expect(centers.kept()).toMatchObject([{ status: 200, expiresAt: clock.now() + IDEMPOTENCY_MS }])
  })

  test('does not stop a new center: it is replaced in the commit of the center', async () => {
    const { clock, centers, run } = setUp()
    await run(REGISTRATION, 'k')
    clock.advance(IDEMPOTENCY_MS)
    const taxId = '11444777000161'
    expect(await run({ ...REGISTRATION, taxId }, 'k')).toMatchObject({ kind: 'created', center: { taxId } })
    expect(centers.kept()).toMatchObject([{ status: 201, center: { taxId } }])
    expect(centers.events).toHaveLength(2)
  })

  test('and is replaced by somebody else meanwhile replays their answer', async () => {
    const { clock, centers, run } = setUp()
    await run(REGISTRATION, 'k')
    clock.advance(IDEMPOTENCY_MS)
    const results = await Promise.all([run(REGISTRATION, 'k'), run(REGISTRATION, 'k')])
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['replayed', 'same'])
    expect(centers.kept().length).toBe(1)
  })
})

describe('row 45: an answer that was kept while the clock was a year ahead', () => {
  const YEAR = 365 * 86_400_000

  test('is replayed once the clock is right, for 24 h and no longer', async () => {
    const { centers, clock, run } = setUp()
    clock.advance(YEAR)
    await run(REGISTRATION, 'k')
    clock.advance(-YEAR)
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'replayed', status: 201 })
    expect(centers.kept()).toMatchObject([{ status: 201, expiresAt: clock.now() + IDEMPOTENCY_MS }])
    clock.advance(IDEMPOTENCY_MS - 1)
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'replayed' })
    clock.advance(1)
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'same' })
  })

  test('is replayed also where its time cannot be written', async () => {
    const { centers, clock, run } = setUp()
    clock.advance(YEAR)
    await run(REGISTRATION, 'k')
    clock.advance(-YEAR)
    centers.faults.push('refused', 'throws')
    expect(await run(REGISTRATION, 'k')).toMatchObject({ kind: 'replayed' })
    expect(await run(OTHER, 'k')).toMatchObject({ kind: 'key-reused' })
  })
})
