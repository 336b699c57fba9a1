import { isFailing } from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'
import { createActs, idOf, START, writeOf } from '../samples.ts'

const YEAR = 365 * 86_400_000

/** What the stats of every engine must say of failures, successes and what waits longest. */
export const describeFailureStats = (name: string, open: OpenEngine): void => {
  describe(`stats, failures: ${name}`, () => {
    const store = useEngine(open)
    const { accept, put, update, close } = createActs(store)

    const counted = async <T>(ask: () => Promise<T>): Promise<T> => {
      await store.stats.count(START + 60_000)
      return ask()
    }
    const ofIntegration = (integration = 'maas') => counted(() => store.stats.ofIntegration(integration))
    const failureGroups = (names: readonly string[]) => counted(() => store.stats.failureGroups(names))
    const acceptedAt = (n: number, version = 1) => Date.parse(writeOf(n, version).stored.center.updatedAt)

    test('groups what fails by integration, kind and cause; those that fail most come first', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'parked', { cause: 'tls', at: 100 })
      await put(5, 'maas', 'retrying', { cause: 'http-503', at: 200 })
      await put(6, 'maas', 'parked', { cause: 'http-503', at: 300 })
      const groups = await failureGroups(['maas'])
      expect(groups).toMatchObject([
        { integration: 'maas', kind: 'transient', cause: 'http-503', count: 2, firstAt: 200, lastAt: 300 },
        { cause: 'tls', count: 1, sample: { centerId: idOf(4), message: 'it said tls' } },
      ])
      expect([idOf(5), idOf(6)]).toContain(groups[0]?.sample.centerId)
      expect(await failureGroups(['dmitri'])).toEqual([])
    })

    test('a group remembers its newest failure, ends with its last row and begins anew', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', { cause: 'tls', at: 100 })
      await put(4, 'maas', 'delivering', { cause: 'tls', at: 100 })
      await put(4, 'maas', 'parked', { cause: 'tls', at: 400, since: 100 })
      expect(await failureGroups(['maas'])).toMatchObject([{ count: 1, firstAt: 100, lastAt: 400 }])
      await put(4, 'maas', 'delivered')
      expect(await failureGroups(['maas'])).toEqual([])
      await put(4, 'maas', 'parked', { cause: 'tls', at: 900 })
      expect(await failureGroups(['maas'])).toMatchObject([{ count: 1, firstAt: 900, lastAt: 900 }])
    })

    test('another cause leaves the group for another', async () => {
      await accept(4)
      await put(4, 'maas', 'parked', { cause: 'tls', at: 100 })
      await put(4, 'maas', 'parked', { cause: 'dns', at: 200 })
      expect(await failureGroups(['maas'])).toMatchObject([{ cause: 'dns', count: 1 }])
    })

    test('knows the newest success, the newest failure and what waits longest', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'delivered', { at: 500 })
      await put(6, 'maas', 'parked', { cause: 'dns', at: 550 })
      await put(5, 'maas', 'parked', { cause: 'tls', at: 600 })
      expect(await ofIntegration()).toMatchObject({
        lastSuccessAt: 500,
        newestAttempt: 'failed',
        lastFailureAt: 600,
        lastFailure: { kind: 'transient', cause: 'tls', message: 'it said tls', at: 600 },
        oldestUndeliveredAt: Date.parse(writeOf(5).stored.center.updatedAt),
      })
    })

    test.each([
      ['rejected', 'rejected'],
      ['held', 'parked'],
    ] as const)('a failure of kind %s does not pass by itself', async (kind, state) => {
      await accept(4)
      await put(4, 'maas', state, { kind, cause: 'x', at: 700 })
      const stats = await ofIntegration()
      expect(stats).toMatchObject({ lastFailureAt: 700, lastFailure: { kind } })
      expect(stats.newestAttempt).toBeUndefined()
    })

    test.each([
      ['rejected', 'transient'],
      ['transient', 'rejected'],
    ] as const)('40 causes of %s hide none of another kind', async (many, few) => {
      await accept(...Array.from({ length: 45 }, (_, n) => n))
      for (let n = 40; n < 45; n++)
        await put(n, 'maas', few === 'rejected' ? 'rejected' : 'retrying', {
          kind: few,
          cause: 'http-503',
          at: 100 + n,
        })
      for (let n = 0; n < 40; n++)
        await put(n, 'maas', many === 'rejected' ? 'rejected' : 'parked', {
          kind: many,
          cause: `${many}:code-${String(n).padStart(2, '0')}`,
          at: 1000 + n,
        })
      const [most, ...others] = await failureGroups(['maas'])
      expect(most).toMatchObject({ kind: few, cause: 'http-503', count: 5, firstAt: 140, lastAt: 144 })
      expect(others.length).toBeGreaterThan(0)
      for (const group of others) expect(group).toMatchObject({ kind: many, count: 1 })
      const stats = await ofIntegration()
      expect(stats).toMatchObject({
        lastFailureAt: 1039,
        lastFailure: { kind: many, at: 1039 },
        newestAttempt: 'failed',
      })
      expect(isFailing(stats)).toBe(true)
    })

    test('a failure that can pass is remembered behind a newer one that does not', async () => {
      await accept(4, 5, 6)
      await put(4, 'maas', 'parked', { cause: 'http-503', at: 300 })
      await put(5, 'maas', 'rejected', { kind: 'rejected', cause: 'rejected:x', at: 700 })
      expect(await ofIntegration()).toMatchObject({ lastFailureAt: 700, newestAttempt: 'failed' })
      await put(6, 'maas', 'delivered', { at: 500 })
      expect(isFailing(await ofIntegration())).toBe(false)
      await put(4, 'maas', 'parked', { kind: 'unknown', cause: 'timeout', at: 800 })
      expect(await ofIntegration()).toMatchObject({ lastFailureAt: 800, newestAttempt: 'failed' })
      expect(isFailing(await ofIntegration())).toBe(true)
    })

    test.each([
      ['delivered', 'parked', 'failed'],
      ['parked', 'delivered', 'succeeded'],
    ] as const)(
      'row 45: %s while the clock was a year ahead, then %s: the newest attempt %s',
      async (ahead, after, newestAttempt) => {
        await accept(4, 5)
        await put(4, 'maas', ahead, { cause: 'http-503', at: START + YEAR })
        await put(5, 'maas', after, { cause: 'http-503', at: START + 1_000 })
        expect(await ofIntegration()).toMatchObject({ newestAttempt })
      },
    )

    test.each([
      ['delivered', 'parked', 'failed'],
      ['parked', 'delivered', 'succeeded'],
    ] as const)(
      'row 45: %s, then %s while the clock is a year behind: the newest attempt %s',
      async (before, behind, newestAttempt) => {
        await accept(4, 5)
        await put(4, 'maas', before, { cause: 'http-503', at: START })
        await put(5, 'maas', behind, { cause: 'http-503', at: START - YEAR })
        await store.stats.count(START - YEAR + 60_000)
        expect(await store.stats.ofIntegration('maas')).toMatchObject({ newestAttempt })
      },
    )

    test('what waits longest may have no row, and no open event', async () => {
      // A paused integration has only such pairs.
      await accept(1, 4, 5)
      expect((await ofIntegration('maas')).oldestUndeliveredAt).toBe(acceptedAt(1))
      expect((await ofIntegration('dmitri')).oldestUndeliveredAt).toBe(acceptedAt(4))
      await close([1, 4, 5])
      expect((await ofIntegration('dmitri')).oldestUndeliveredAt).toBe(acceptedAt(4))
      await put(4, 'dmitri', 'delivered')
      expect((await ofIntegration('dmitri')).oldestUndeliveredAt).toBe(acceptedAt(5))
      await put(5, 'dmitri', 'parked')
      expect((await ofIntegration('dmitri')).oldestUndeliveredAt).toBe(acceptedAt(5))
      await put(5, 'dmitri', 'delivered')
      expect((await ofIntegration('dmitri')).oldestUndeliveredAt).toBeUndefined()
    })

    test('a pair waits since its version was accepted, not since its center was', async () => {
      await accept(4, 5)
      await put(4, 'maas', 'delivered')
      await put(5, 'maas', 'delivered')
      await update(4)
      expect((await ofIntegration()).oldestUndeliveredAt).toBe(acceptedAt(4, 2))
      await put(5, 'maas', 'retired')
      expect((await ofIntegration()).oldestUndeliveredAt).toBe(acceptedAt(5))
    })
  })
}
