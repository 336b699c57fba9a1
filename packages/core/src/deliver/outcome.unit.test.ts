import { failureByStatus, outcomeByStatus, storedOutcome, type HttpResult } from './outcome.ts'
import { NOW } from '../testing/samples.ts'

const REFUSALS = [404, 422]
const PROOF = { code: 'unknown-city', message: 'No such city' }
const answer = (status: number, body: unknown = {}, retryAfter?: string): HttpResult => ({
  type: 'response',
  status,
  body,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})
const schema = {
  safeParse: (body: unknown) =>
    typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string'
      ? { success: true as const, data: { id: body.id } }
      : { success: false as const },
}
const outcome = (given: HttpResult) => outcomeByStatus(given, { schema, rejectedBy: REFUSALS, now: NOW })

describe('a 2xx answer', () => {
  test.each([200, 201, 202])('%i whose body fits is delivered', (status) => {
    expect(outcome(answer(status, { id: 'p-1' }))).toEqual({ kind: 'delivered' })
  })

  test('tells the id that the downstream gave', () => {
    const expected = { schema, rejectedBy: [], now: NOW, externalId: ({ id }: { id: string }) => id }
    expect(outcomeByStatus(answer(201, { id: 'p-1' }), expected)).toEqual({
      kind: 'delivered',
      externalId: 'p-1',
    })
  })

  test.each([200, 201, 202, 204])('%i without a body is delivered where no schema is asked for', (status) => {
    const bare = { type: 'response', status, body: undefined } as const
    expect(outcomeByStatus(bare, { now: NOW })).toEqual({ kind: 'delivered' })
    expect(outcomeByStatus(answer(status, '<html>'), { now: NOW })).toEqual({ kind: 'delivered' })
    expect(outcome(bare)).toMatchObject({ kind: 'unknown', cause: 'unexpected-body' })
  })

  test.each([199, 304, 400, 404, 409, 422, 503])(
    '%i is none, also where no schema is asked for',
    (status) => {
      expect(outcomeByStatus(answer(status, undefined), { now: NOW })).toMatchObject({
        cause: `http-${status}`,
      })
    },
  )

  test('about something else is unknown', () => {
    const expected = { schema, isOurs: ({ id }: { id: string }) => id === 'p-1', now: NOW }
    expect(outcomeByStatus(answer(200, { id: 'p-2' }), expected)).toMatchObject({ kind: 'unknown' })
    expect(outcomeByStatus(answer(200, { id: 'p-1' }), expected)).toEqual({ kind: 'delivered' })
  })

  test.each([undefined, null, '<html>', {}, { id: 7 }, []])('with the body %p is unknown', (body) => {
    expect(outcome(answer(200, body))).toMatchObject({
      kind: 'unknown',
      cause: 'unexpected-body',
      httpStatus: 200,
    })
  })

  test('row 47: with a body that cannot be read is unknown, and says why', () => {
    const unreadable = 'it is larger than 64 KiB'
    expect(outcome({ type: 'response', status: 200, body: undefined, unreadable })).toMatchObject({
      kind: 'unknown',
      cause: 'unexpected-body',
      message: 'Answered 200 with a body that cannot be read: it is larger than 64 KiB',
    })
  })
})

describe('an answer that is not a success', () => {
  test.each([408, 425, 429, 500, 502, 503, 504, 599])('%i is transient', (status) => {
    const expected = { kind: 'transient', cause: `http-${status}`, httpStatus: status }
    expect(outcome(answer(status, { id: 'p-1' }))).toMatchObject(expected)
    // Also where it is on the list: a passing cause is no refusal.
    expect(failureByStatus(answer(status, PROOF), [status], NOW)).toMatchObject(expected)
  })

  test.each([301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 410, 415, 422, 451])(
    '%i without proof is misconfigured: it says nothing about the data',
    (status) => {
      for (const body of [undefined, '<html>', {}, { id: 'p-1' }]) {
        expect(outcome(answer(status, body))).toMatchObject({
          kind: 'misconfigured',
          cause: `http-${status}`,
          httpStatus: status,
        })
      }
    },
  )

  test.each(REFUSALS)('%i is rejected with proof', (status) => {
    expect(outcome(answer(status, PROOF))).toEqual({
      kind: 'rejected',
      cause: 'rejected:unknown-city',
      httpStatus: status,
      message: 'Rejected the data: No such city',
    })
  })

  test.each([301, 400, 401, 403, 409])(
    '%i is misconfigured with proof where it is not on the list',
    (status) => {
      expect(outcome(answer(status, PROOF)).kind).toBe('misconfigured')
    },
  )

  test.each([
    { code: 'x' },
    { message: 'x' },
    { code: 7, message: 'x' },
    { code: 'x', message: 7 },
    { code: '', message: 'x' },
    { code: 'a b', message: 'x' },
    { code: 'x'.repeat(65), message: 'x' },
  ])('the body %p is no proof', (body) => {
    expect(outcome(answer(422, body)).kind).toBe('misconfigured')
  })

  test('the text of a refusal is cut', () => {
    const refused = storedOutcome(outcome(answer(422, { code: 'x', message: 'y'.repeat(5_000) })))
    expect(refused).toMatchObject({ kind: 'rejected', message: expect.stringMatching(/^.{300}$/) })
  })

  test.each([
    ['a character is not cut in half', `${'y'.repeat(281)}😀`],
    ['half a character is not kept', 'a\ud83db'],
  ])('the text of a refusal can be stored anywhere: %s', (_what, message) => {
    const refused = storedOutcome(outcome(answer(422, { code: 'x', message })))
    expect('message' in refused && refused.message.isWellFormed()).toBe(true)
    expect('message' in refused && refused.message.length).toBeLessThanOrEqual(300)
  })
})

describe('a Retry-After', () => {
  test.each([429, 503])('of %i is kept, at most 10 minutes', (status) => {
    expect(outcome(answer(status, {}, '7'))).toMatchObject({ retryAfterMs: 7_000 })
    expect(outcome(answer(status, {}, '99999'))).toMatchObject({ retryAfterMs: 600_000 })
  })

  test('that makes no sense is none', () => {
    expect(outcome(answer(429, {}, 'soon'))).not.toHaveProperty('retryAfterMs')
    expect(outcome(answer(429))).not.toHaveProperty('retryAfterMs')
  })
})

describe('no answer', () => {
  const failure = (phase: 'before-sent' | 'after-sent', misconfigured = false): HttpResult => ({
    type: 'failure',
    phase,
    cause: 'a-cause',
    misconfigured,
  })

  test('is transient where the request cannot have arrived, and unknown where it can', () => {
    expect(outcome(failure('before-sent'))).toMatchObject({ kind: 'transient', cause: 'a-cause' })
    expect(outcome(failure('after-sent'))).toMatchObject({ kind: 'unknown', cause: 'a-cause' })
  })

  test('for a reason of configuration (TLS, DNS) is misconfigured', () => {
    expect(outcome(failure('before-sent', true))).toMatchObject({ kind: 'misconfigured', cause: 'a-cause' })
  })
})
