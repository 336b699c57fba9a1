import { fold } from '@mensageria/contracts'
import {
  compareFound,
  matches,
  textMatches,
  timeOf,
  type DeliveryFilter,
  type FoundDelivery,
} from '@mensageria/core'
import { LISTED, useEngine, type OpenEngine } from '../engine-under-test.ts'
import { findAll, pagesOf } from './found.ts'
import { attemptedRow, createActs, idOf, START, writeOf } from '../samples.ts'

// Park and Miller: the same numbers for every engine.
const createRandom = (seed: number) => {
  let last = seed
  return (below: number): number => {
    last = (last * 48_271) % 2_147_483_647
    return last % below
  }
}

const STATES = ['delivering', 'retrying', 'parked', 'rejected', 'delivered', 'retired'] as const
const CAUSES = ['tls', 'http-503'] as const
const KINDS = ['transient', 'unknown'] as const

type Pair = FoundDelivery & { n: number }

const pickFrom = <T>(random: (below: number) => number, values: readonly [T, ...T[]]): T =>
  values[random(values.length)] ?? values[0]

/** 15 centers at two integrations: 30 pairs in all states and versions, no two attempts at one time. */
const drawPairs = (seed: number): Pair[] => {
  const random = createRandom(seed)
  return Array.from({ length: 15 }, (_, n) => ({ n, centerVersion: 1 + random(2) })).flatMap(
    ({ n, centerVersion }) =>
      LISTED.map(({ name }, place): Pair => {
        // 7 and 30 have no common divisor: each pair has a time of its own.
        const at = 1000 + ((7 * (2 * n + place) + seed) % 30)
        const fields = {
          version: 1 + random(centerVersion),
          ...(random(3) === 0 ? {} : { cause: pickFrom(random, CAUSES), kind: pickFrom(random, KINDS) }),
          ...(random(5) === 0 ? { at: undefined, parkedAt: at } : { at }),
        }
        const state = pickFrom(random, STATES)
        return {
          n,
          integration: name,
          centerId: idOf(n),
          centerVersion,
          createdAt: START + n,
          acceptedAt: START + n + (centerVersion - 1) * 1000,
          row: random(4) === 0 ? undefined : attemptedRow(n, name, state, fields),
        }
      }),
  )
}

/** What a filter means, by the definition itself. */
const expectedOf = (pairs: readonly Pair[], { q, ...filter }: DeliveryFilter): string[] => {
  const fits = (pair: Pair): boolean => {
    const settings = LISTED.find(({ name }) => name === pair.integration)
    const { name, code = '', taxId } = writeOf(pair.n).stored.center
    return (
      settings !== undefined &&
      matches(filter, pair, settings) &&
      textMatches([name, code, taxId].map(fold), q)
    )
  }
  return pairs
    .filter(fits)
    .toSorted(compareFound(LISTED.map(({ name }) => name)))
    .map(({ integration, n }) => `${integration} ${n}`)
}

const filtersOf = (pairs: readonly Pair[]): DeliveryFilter[] => {
  const centerId = idOf(5)
  const answered = pairs.map(timeOf).filter((at) => at < START)
  const middle = answered.toSorted((a, b) => a - b)[Math.floor(answered.length / 2)] ?? 0
  const bases: DeliveryFilter[] = [
    {},
    { states: ['waiting'] },
    { states: ['delivered'] },
    { states: ['parked', 'rejected'] },
    { states: ['retrying', 'waiting', 'delivering'] },
    { kind: 'transient' },
    { kind: 'unknown', states: ['parked', 'retrying'] },
    { cause: 'tls' },
    { cause: 'http-503', kind: 'transient' },
    { cause: 'tls', states: ['waiting'] },
    { centerId },
    { centerId, states: ['waiting', 'delivered'] },
    { centerId, cause: 'tls' },
    { q: 'cd' },
    { q: fold('CD Extrema'), states: ['parked', 'waiting', 'delivered'] },
    { q: fold('CD-MG-1'), kind: 'transient' },
    { since: middle },
    { until: middle, states: ['parked', 'rejected', 'delivered'] },
    { since: middle, until: middle + 8 },
    { since: START + 5, until: START + 12 },
    { states: ['waiting'], since: START + 1000 },
    { q: 'cd', since: middle },
  ]
  const withIntegration = bases.map((base, index) => ({
    ...base,
    integration: index % 2 === 0 ? 'dmitri' : 'maas',
  }))
  const ofAll = bases.map((base) => ({ ...base, scope: 'all' as const }))
  return [...bases, ...withIntegration, ...ofAll]
}

/** For every filter a search finds what `matches` means, in the order of `compareFound`. */
export const describeSearchOrder = (name: string, open: OpenEngine): void => {
  describe(`search, against the definition: ${name}`, () => {
    const store = useEngine(open)
    const { accept, putRow, update, close } = createActs(store)

    const store30 = async (seed: number): Promise<Pair[]> => {
      const pairs = drawPairs(seed)
      for (const n of new Set(pairs.map((pair) => pair.n))) await accept(n)
      // Rows first: an engine learns of the newer version afterwards, or before, as the order of the pairs has it.
      for (const { n, row, centerVersion } of pairs) {
        if (row && n % 2 === 0) await putRow(row)
        if (centerVersion > 1 && (await store.centers.read(idOf(n)))?.center.version === 1) await update(n)
        if (row && n % 2 !== 0) await putRow(row)
      }
      await close([1, 2, 5, 6, 9, 10, 12], 2)
      return pairs
    }

    test.each([11, 2024, 77_001])('30 pairs of seed %d, every filter', async (seed) => {
      const pairs = await store30(seed)
      for (const filter of filtersOf(pairs))
        expect({ filter, found: await findAll(store.search, filter) }).toEqual({
          filter,
          found: expectedOf(pairs, filter),
        })
    })

    test.each([1, 2, 3, 50])(
      'in pages of %d each pair is found once, in the same order',
      async (pageSize) => {
        const pairs = await store30(5)
        for (const filter of filtersOf(pairs)) {
          const pages = await pagesOf(store.search, filter, pageSize)
          expect({ filter, found: pages.flat() }).toEqual({ filter, found: expectedOf(pairs, filter) })
          for (const page of pages) expect(page.length).toBeLessThanOrEqual(pageSize)
        }
      },
    )

    test('what a search finds is the pair as the definition has it', async () => {
      const pairs = await store30(3)
      const { items } = await store.search.find({ scope: 'all' }, { pageSize: 200 })
      expect(items).toHaveLength(pairs.length)
      for (const { n: _, ...pair } of pairs) expect(items).toContainEqual(pair)
    })
  })
}
