import { blankRow, type DeliveryRow } from '@mensageria/core'
import { rowIdOf, toRowFields } from './row-document.ts'

const rowOf = (version: number) => blankRow({ integration: 'maas', centerId: 'a' }, version, 'token')
const blank = rowOf(3)

test.each(['delivering', 'retrying', 'parked'] as const)(
  'a row that is %s can be found when it is due',
  (state) => {
    const fields = toRowFields({ ...blank, state, dueAt: 1000 })
    expect(fields).toMatchObject({ integration: 'maas', centerId: 'a', version: 3, state, dueAt: 1000 })
    expect(fields.openShard).toEqual(expect.any(Number))
  },
)

test.each(['rejected', 'delivered'] as const)('a row that is %s is in no index of open rows', (state) => {
  expect(toRowFields({ ...blank, state })).toMatchObject({ openShard: undefined, dueAt: undefined })
})

test('a row that is not delivered is found by how long that has been so', () => {
  const since = (row: Partial<Pick<DeliveryRow, 'firstAttemptAt' | 'parkedAt'>>) =>
    toRowFields({ ...blank, state: 'parked', dueAt: 9, ...row }).undeliveredSince
  expect(since({ firstAttemptAt: 5, parkedAt: 7 })).toBe(5)
  expect(since({ parkedAt: 7 })).toBe(7)
  expect(since({})).toBe(9)
  expect(toRowFields({ ...blank, state: 'delivered', firstAttemptAt: 5 }).undeliveredSince).toBeUndefined()
})

test('a failed row is found by kind and cause, also where a foreign system cut its code in two', () => {
  const lastFailure = { kind: 'rejected', cause: 'rejected:\uD83D', message: 'x', at: 5 } as const
  const fields = toRowFields({ ...blank, state: 'rejected', lastFailure, lastAttemptAt: 7 })
  expect(fields).toMatchObject({ failure: 'rejected:rejected:\uFFFD', attemptedAt: 7 })
  expect(toRowFields({ ...blank, state: 'rejected' })).toMatchObject({ failure: undefined, attemptedAt: 0 })
})

test('the tally of a row can be added up once there is one, all of its names or none', () => {
  const none = {
    push: undefined,
    recovery: undefined,
    heal: undefined,
    redrive: undefined,
    superseded: undefined,
  }
  expect(toRowFields({ ...rowOf(1), state: 'delivered' })).toMatchObject(none)
  const withDelivered = toRowFields({ ...rowOf(1), state: 'delivered', tally: { push: 2, superseded: 1 } })
  expect(withDelivered).toMatchObject({ push: 2, recovery: 0, heal: 0, redrive: 0, superseded: 1 })
})

test('the row is kept whole, whatever a foreign system says', () => {
  const row: DeliveryRow = {
    ...blank,
    state: 'parked',
    dueAt: 1,
    lastFailure: { kind: 'unknown', cause: 'x', message: 'cut in two: \uD83D', at: 5 },
    history: [
      { at: '2026-11-24T12:00:00.000Z', version: 3, trigger: 'push', durationMs: 0.25, result: 'unknown' },
    ],
  }
  const { row: text } = toRowFields(row)
  expect(JSON.parse(text)).toEqual(row)
  // A lone surrogate cannot be sent as UTF-8: it must be escaped.
  expect(text.isWellFormed()).toBe(true)
})

test('rows of one center have different ids', () => {
  expect(rowIdOf({ integration: 'maas', centerId: 'a' })).toBe('maas~a')
  expect(rowIdOf({ integration: 'dmitri', centerId: 'a' })).toBe('dmitri~a')
})
