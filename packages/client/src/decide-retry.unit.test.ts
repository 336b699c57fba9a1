import { decideRetry, parseRetryAfter, type Ended } from './decide-retry.ts'

const context = { attempt: 1, repeatable: true, leftMs: 60_000, random: 1 }
const answer = (status: number, foreign = false): Ended => ({ kind: 'answer', status, foreign })

test.each([200, 201, 304, 400, 401, 403, 404, 409, 412, 422, 500])('%d is an answer', (status) => {
  expect(decideRetry(answer(status), context)).toBeUndefined()
})

test.each([429, 502, 503, 504])('%d is asked again', (status) => {
  expect(decideRetry(answer(status), context)).toBe(100)
})

test.each([200, 400, 404, 413, 500, 502, 503])(
  'c17: %d of something before the service is asked again',
  (status) => {
    expect(decideRetry(answer(status, true), context)).toBe(100)
    expect(decideRetry(answer(status, true), { ...context, repeatable: false })).toBeUndefined()
  },
)

test.each([401, 403, 407])('c17: %d is for a person, also where a platform says it', (status) => {
  expect(decideRetry(answer(status, true), context)).toBeUndefined()
})

test('pauses double up to five seconds, and half of each is random', () => {
  const pauses = [1, 2, 3, 6, 7, 50].map((attempt) => decideRetry(answer(503), { ...context, attempt }))
  expect(pauses).toEqual([100, 200, 400, 3200, 5000, 5000])
  expect(decideRetry(answer(503), { ...context, random: 0 })).toBe(50)
})

test('what must not be done twice is repeated only where it surely was not done once', () => {
  const once = { ...context, repeatable: false }
  expect(decideRetry(answer(503), once)).toBeUndefined()
  expect(decideRetry({ kind: 'failure', unsent: false }, once)).toBeUndefined()
  expect(decideRetry({ kind: 'failure', unsent: true }, once)).toBe(100)
  expect(decideRetry(answer(429), once)).toBe(100)
})

test('Retry-After makes a pause longer, never shorter; one beyond the deadline is not waited for', () => {
  const asked = (retryAfterMs: number): Ended => ({
    kind: 'answer',
    status: 503,
    foreign: false,
    retryAfterMs,
  })
  expect(decideRetry(asked(7000), context)).toBe(7000)
  expect(decideRetry(asked(0), context)).toBe(100)
  expect(decideRetry(asked(7000), { ...context, leftMs: 7000 })).toBeUndefined()
  expect(decideRetry({ kind: 'failure', unsent: false }, { ...context, leftMs: 100 })).toBeUndefined()
})

test.each([
  ['2', 2000],
  ['Tue, 24 Nov 2026 12:00:03 GMT', 3000],
  ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  [null, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(parseRetryAfter(header, Date.parse('2026-11-24T12:00:00Z'))).toBe(expected)
})
