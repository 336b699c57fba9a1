import { InvalidPageTokenError, newRedrive, type Redrive, type RedriveLane } from '@mensageria/core'
import { useEngine, type OpenEngine } from './engine-under-test.ts'

/** A redrive of maas and dmitri with its two lanes; `n` says when it was asked for. */
const redriveOf = (id: string, overrides: Partial<Redrive> = {}, n = 0) => {
  const { redrive, lanes } = newRedrive(
    {
      filter: { states: ['parked'], cause: 'http-503', since: 5, scope: 'owed' },
      reason: 'É o fim da manutenção',
      requestedBy: 'ana',
      force: true,
      ratePerSecond: 2.5,
      rampCap: 8,
    },
    { id, now: 1000 + n, expected: 3, integrations: ['maas', 'dmitri'] },
  )
  return { redrive: { ...redrive, ...overrides }, lanes }
}

/** What every store of redrives must do. */
export const describeRedriveStore = (name: string, open: OpenEngine): void => {
  describe(`redrives: ${name}`, () => {
    const store = useEngine(open)

    const create = async (id: string, overrides?: Partial<Redrive>, n?: number): Promise<string> => {
      const { redrive, lanes } = redriveOf(id, overrides, n)
      return (await store.redrives.create(redrive, lanes)) ?? ''
    }
    const read = async (id = 'a') => {
      const found = await store.redrives.read(id)
      if (!found) throw new Error(`There is no redrive ${id}`)
      return { ...found, revisions: found.lanes.map(({ revision }) => revision) }
    }
    const lanesOf = async (id = 'a') => (await read(id)).lanes.map(({ lane }) => lane)
    const lane = (integration: string, delivered: number): RedriveLane => ({
      integration,
      window: { phase: 'ramp', window: 2, nextAt: 5, since: 4 },
      cursor: 'x',
      exhausted: true,
      sending: ['c1', 'c2'],
      delivered,
      failed: 2,
      skipped: 3,
    })

    test('gives back what was written, and nothing for an id that nobody wrote', async () => {
      const { redrive } = redriveOf('a')
      const lanes = [lane('maas', 1), lane('dmitri', 7)]
      const revision = await store.redrives.create(redrive, lanes)
      expect(await store.redrives.read('a')).toEqual({
        redrive,
        revision,
        lanes: lanes.map((one) => ({ lane: one, revision: expect.any(String) })),
      })
      expect(await store.redrives.read('b')).toBeUndefined()
    })

    test('a redrive without lanes has none', async () => {
      const { redrive } = redriveOf('a', { state: 'done', open: false })
      await store.redrives.create(redrive, [])
      expect(await lanesOf()).toEqual([])
    })

    test('of 10 parallel creates with one id, one wins, with its lanes', async () => {
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.redrives.create(redriveOf('a', { reason: `${index}` }).redrive, [lane('maas', index)]),
        ),
      )
      expect(results.filter((result) => result !== undefined)).toHaveLength(1)
      const { redrive, lanes } = await read()
      expect(lanes.map((one) => one.lane)).toEqual([lane('maas', Number(redrive.reason))])
      expect(results[Number(redrive.reason)]).toBeDefined()
    })

    test('of 10 parallel writes of a header with one revision, one wins', async () => {
      const revision = await create('a')
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.redrives.write(redriveOf('a', { reason: `${index}` }).redrive, revision),
        ),
      )
      const winners = results.flatMap((result, index) => (result === undefined ? [] : [`${index}`]))
      expect(winners).toHaveLength(1)
      expect((await read()).redrive.reason).toBe(winners[0])
      expect(results).toContain((await read()).revision)
    })

    test('of 10 parallel writes of a lane with one revision, one wins', async () => {
      await create('a')
      const [revision = ''] = (await read()).revisions
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.redrives.writeLane('a', lane('maas', index), revision),
        ),
      )
      const winners = results.flatMap((result, index) => (result === undefined ? [] : [index]))
      expect(winners).toHaveLength(1)
      expect((await lanesOf())[0]).toEqual(lane('maas', winners[0] ?? -1))
      expect(results).toContain((await read()).revisions[0])
    })

    test('header and lanes are written apart: none needs the revision of another to be still', async () => {
      const header = await create('a')
      const [maas = '', dmitri = ''] = (await read()).revisions
      expect(await store.redrives.writeLane('a', lane('maas', 1), maas)).toBeDefined()
      const written = redriveOf('a', { state: 'paused' }).redrive
      expect(await store.redrives.write(written, header)).toBeDefined()
      expect(await store.redrives.writeLane('a', lane('dmitri', 9), dmitri)).toBeDefined()
      expect((await read()).redrive).toEqual(written)
      expect(await lanesOf()).toEqual([lane('maas', 1), lane('dmitri', 9)])
    })

    test('a write with an old revision changes nothing', async () => {
      const header = await create('a')
      const [maas = ''] = (await read()).revisions
      const next = (await store.redrives.writeLane('a', lane('maas', 1), maas)) ?? ''
      expect(await store.redrives.writeLane('a', lane('maas', 2), maas)).toBeUndefined()
      expect((await lanesOf())[0]).toEqual(lane('maas', 1))
      expect(await store.redrives.writeLane('a', lane('maas', 3), next)).toBeDefined()
      await store.redrives.write(redriveOf('a', { reason: 'one' }).redrive, header)
      expect(await store.redrives.write(redriveOf('a', { reason: 'two' }).redrive, header)).toBeUndefined()
      expect((await read()).redrive.reason).toBe('one')
      expect((await lanesOf())[0]).toEqual(lane('maas', 3))
    })

    test('writes nothing that is not there', async () => {
      const header = await create('a')
      const [revision = ''] = (await read()).revisions
      expect(await store.redrives.write(redriveOf('b').redrive, header)).toBeUndefined()
      expect(await store.redrives.writeLane('b', lane('maas', 1), revision)).toBeUndefined()
      expect(await store.redrives.writeLane('a', lane('senninha', 1), revision)).toBeUndefined()
      expect(await store.redrives.read('b')).toBeUndefined()
      expect((await lanesOf()).map(({ integration }) => integration)).toEqual(['maas', 'dmitri'])
    })

    test('knows those that are open, oldest first, with their lanes as they are', async () => {
      await create('c')
      const two = await create('b', {}, 1)
      await create('paused', { state: 'paused', open: false }, 2)
      await create('a', { state: 'cancelled' }, 3)
      const [, dmitri = ''] = (await read('a')).revisions
      await store.redrives.writeLane('a', lane('dmitri', 4), dmitri)
      const active = await store.redrives.active()
      expect(active.map(({ redrive }) => redrive.id)).toEqual(['c', 'b', 'a'])
      expect(active[2]).toEqual({
        redrive: redriveOf('a', { state: 'cancelled' }, 3).redrive,
        lanes: [redriveOf('a', {}, 3).lanes[0], lane('dmitri', 4)],
      })
      await store.redrives.write(redriveOf('b', { state: 'done', open: false }, 1).redrive, two)
      const paused = (await read('paused')).revision
      await store.redrives.write(redriveOf('paused', { state: 'running', open: true }, 2).redrive, paused)
      expect((await store.redrives.active()).map(({ redrive }) => redrive.id)).toEqual(['c', 'paused', 'a'])
    })

    test('lists newest first with lanes, page by page, each once', async () => {
      for (const [n, id] of ['c', 'b', 'a'].entries()) await create(id, {}, n)
      const [maas = ''] = (await read('c')).revisions
      await store.redrives.writeLane('c', lane('maas', 4), maas)
      const first = await store.redrives.list({ pageSize: 2 })
      expect(first.items).toEqual([redriveOf('a', {}, 2), redriveOf('b', {}, 1)])
      const second = await store.redrives.list({ pageSize: 2, pageToken: first.nextPageToken ?? '' })
      const { redrive, lanes } = redriveOf('c')
      expect(second).toEqual({ items: [{ redrive, lanes: [lane('maas', 4), lanes[1]] }] })
    })

    test('what was written is there after a restart', async () => {
      await create('a')
      const [maas = ''] = (await read()).revisions
      await store.redrives.writeLane('a', lane('maas', 4), maas)
      const before = await store.redrives.read('a')
      await store.reopen()
      expect(await store.redrives.read('a')).toEqual(before)
    })

    test.each(['', 'x', 'bm90IGpzb24='])(
      'the page token %j, which no page gave, is refused',
      async (pageToken) => {
        await expect(store.redrives.list({ pageSize: 2, pageToken })).rejects.toThrow(InvalidPageTokenError)
      },
    )
  })
}
