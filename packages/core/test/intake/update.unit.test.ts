import type { Registration } from '@mensageria/contracts'
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
import { createUpdate, type ExpectedVersion } from '../../src/intake/update.ts'

const NEW: Registration = { ...REGISTRATION, name: 'CD Jundiai' }
const ANY: ExpectedVersion = { any: true }
const tag = (version: string | undefined): ExpectedVersion => ({ any: false, tag: version })
const ID = KEY.centerId

const setUp = (...faults: Fault[]) => {
  const clock = createTestClock()
  // Later than the version that is there.
  clock.advance(5)
  const centers = createTestCenters()
  centers.put({ center: centerOf(1), requestId: 'first', traceparent: undefined })
  centers.faults.push(...faults)
  const published: string[] = []
  const update = createUpdate({
    centers,
    clock,
    ids: createTestIds(),
    publish: async (event) => {
      published.push(event.id)
      return 'published'
    },
  })
  const run = (registration = NEW, expected = tag('1'), centerId = ID) =>
    update(registration, { caller: 'ana', centerId, expected, traceparent: TRACEPARENT })
  return { centers, clock, published, run }
}

describe('an update', () => {
  test('of the expected version is one read and one commit, then published', async () => {
    const { centers, published, run } = setUp()
    expect(await run()).toEqual({
      kind: 'updated',
      publication: 'published',
      center: {
        ...NEW,
        id: ID,
        version: 2,
        createdAt: centerOf(1).createdAt,
        updatedAt: new Date(NOW + 5).toISOString(),
      },
    })
    expect(centers.calls).toEqual(['read', 'update'])
    expect(centers.events).toEqual([`${ID}:1`, `${ID}:2`])
    expect(published).toEqual([`${ID}:2`])
  })

  test('row 45: is never older than the version before it, whatever the clock says', async () => {
    const { clock, run } = setUp()
    clock.advance(-365 * 86_400_000)
    expect(await run()).toMatchObject({ center: { version: 2, updatedAt: centerOf(1).updatedAt } })
  })

  test('takes away what the new data does not hold', async () => {
    const { centers, run } = setUp()
    const center = { ...centerOf(1), code: 'CD-SP-01' }
    centers.put({ center, requestId: 'first', traceparent: undefined })
    const result = await run()
    expect(result).toMatchObject({ kind: 'updated' })
    expect((await centers.read(ID))?.center).not.toHaveProperty('code')
  })

  test.each(['2', '0', '01', '', undefined])('of the version %p finds another one', async (version) => {
    const { centers, published, run } = setUp()
    expect(await run(NEW, tag(version))).toMatchObject({ kind: 'version-mismatch', current: { version: 1 } })
    expect(centers.calls).toEqual(['read'])
    expect(published).toEqual([])
  })

  test.each([tag('1'), tag('7'), tag(undefined), ANY])(
    'to the data that is there already is the same, whatever was expected: %o',
    async (expected) => {
      const { centers, published, run } = setUp()
      expect(await run(REGISTRATION, expected)).toMatchObject({ kind: 'same', center: { version: 1 } })
      expect(centers.events).toEqual([`${ID}:1`])
      expect(published).toEqual([])
    },
  )

  test('whose answer was lost is the same when it is sent again', async () => {
    const { run } = setUp()
    await run()
    expect(await run()).toMatchObject({ kind: 'same', center: { version: 2 } })
  })

  test('never moves a center to another taxId, and tells so before it looks for the center', async () => {
    const { centers, run } = setUp()
    const moved = { ...NEW, taxId: '11444777000161' }
    expect(await run(moved)).toEqual({ kind: 'other-tax-id' })
    expect(await run(NEW, ANY, '00000000-0000-5000-8000-000000000000')).toEqual({ kind: 'other-tax-id' })
    expect(centers.calls).toEqual([])
  })

  test('of a center that is not there finds nothing', async () => {
    const update = createUpdate({
      centers: createTestCenters(),
      clock: createTestClock(),
      ids: createTestIds(),
      publish: async () => 'published',
    })
    const request = { caller: 'ana', centerId: ID, expected: ANY, traceparent: TRACEPARENT }
    expect(await update(NEW, request)).toEqual({ kind: 'not-found' })
  })
})

describe('an update whose commit did not confirm', () => {
  test('but was written is recognized by its request, and published', async () => {
    const { centers, published, run } = setUp('refused-but-written')
    expect(await run()).toMatchObject({ kind: 'updated', center: { version: 2 } })
    expect(centers.calls).toEqual(['read', 'update', 'read'])
    expect(published).toEqual([`${ID}:2`])
  })

  test('because it lost a race is a mismatch where one version was expected', async () => {
    const { run } = setUp()
    const rename = (name: string) => run({ ...REGISTRATION, name })
    const results = await Promise.all([rename('a'), rename('b')])
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['updated', 'version-mismatch'])
  })

  test('because it lost a race is tried again where any version will do', async () => {
    const { centers, published, run } = setUp()
    const names = ['a', 'b', 'c']
    const results = await Promise.all(names.map((name) => run({ ...REGISTRATION, name }, ANY)))
    expect(results.map(({ kind }) => kind)).toEqual(['updated', 'updated', 'updated'])
    expect(centers.events).toEqual([`${ID}:1`, `${ID}:2`, `${ID}:3`, `${ID}:4`])
    expect(published.toSorted()).toEqual(centers.events.slice(1))
  })

  test('again and again throws in the end', async () => {
    const { published, run } = setUp(...Array.from({ length: 20 }, () => 'refused' as const))
    await expect(run(NEW, ANY)).rejects.toThrow('overtaken')
    expect(published).toEqual([])
  })

  test('because the store is away throws, and publishes nothing', async () => {
    const { published, run } = setUp('throws')
    await expect(run()).rejects.toThrow('the store is away')
    expect(published).toEqual([])
  })
})
