import { NONE_DELIVERED } from '@mensageria/core'
import { broughtBy, nextTotals } from './day-totals.ts'

const countedAt = (registered: number, push: number, name = 'maas') => ({
  registered,
  updated: registered * 2,
  integrations: { [name]: { ...NONE_DELIVERED, push } },
})

test('the first count of all has brought everything', () => {
  const first = nextTotals(undefined, '2026-11-24', countedAt(3, 2))
  expect(broughtBy(first)).toEqual(countedAt(3, 2))
})

test('the first count after an earlier release, which had no totals, has brought nothing', () => {
  const first = nextTotals({}, '2026-11-24', countedAt(3, 2))
  expect(broughtBy(first)).toEqual({ registered: 0, updated: 0, integrations: { maas: NONE_DELIVERED } })
})

test('each count of a day adds to what it has brought; a new day begins with the last totals of the one before', () => {
  const first = nextTotals(undefined, '2026-11-24', countedAt(3, 2))
  const second = nextTotals({ totals: first }, '2026-11-24', countedAt(5, 4))
  expect(broughtBy(second)).toEqual(countedAt(5, 4))
  const next = nextTotals({ totals: second }, '2026-11-25', countedAt(6, 4))
  expect(broughtBy(next)).toEqual(countedAt(1, 0))
  expect(broughtBy(nextTotals({ totals: next }, '2026-11-25', countedAt(8, 7)))).toEqual(countedAt(3, 3))
})

test('an integration that was taken from the list goes on where it was when it is back', () => {
  const first = nextTotals(undefined, '2026-11-24', countedAt(3, 2))
  const without = nextTotals({ totals: first }, '2026-11-25', { ...countedAt(3, 0), integrations: {} })
  expect(broughtBy(without).integrations).toEqual({ maas: NONE_DELIVERED })
  const back = nextTotals({ totals: without }, '2026-11-26', countedAt(3, 5))
  expect(broughtBy(back).integrations).toEqual({ maas: { ...NONE_DELIVERED, push: 3 } })
})

test('an integration that is new has brought all that it has', () => {
  const first = nextTotals(undefined, '2026-11-24', countedAt(3, 2))
  const more = nextTotals({ totals: first }, '2026-11-25', countedAt(3, 2, 'dmitri'))
  expect(broughtBy(more).integrations).toEqual({
    maas: NONE_DELIVERED,
    dmitri: { ...NONE_DELIVERED, push: 2 },
  })
})

test('a document that was deleted by hand makes no number negative', () => {
  const first = nextTotals(undefined, '2026-11-24', countedAt(3, 2))
  const fewer = nextTotals({ totals: first }, '2026-11-25', countedAt(2, 1))
  expect(broughtBy(fewer)).toEqual({ registered: 0, updated: 0, integrations: { maas: NONE_DELIVERED } })
})
