import type { HttpResult } from '@mensageria/core'
import { classify } from './classify.ts'

const answer = (status: number, body?: unknown, retryAfter?: string): HttpResult => ({
  type: 'response',
  status,
  body,
  ...(retryAfter === undefined ? {} : { retryAfter }),
})
const PROOF = { code: 'unknown-city', message: 'No such city' }

test.each([200, 201, 202, 204, 299])('%i is delivered, whatever its body', (status) => {
  for (const body of [undefined, '<html>', { status: 'queued' }])
    expect(classify(answer(status, body), [], 0)).toEqual({ kind: 'delivered' })
  expect(classify({ type: 'response', status, body: undefined, unreadable: 'it is no JSON' }, [], 0)).toEqual(
    {
      kind: 'delivered',
    },
  )
})

test.each<[string, HttpResult, object]>([
  ['a 429', answer(429, undefined, '7'), { kind: 'transient', cause: 'http-429', retryAfterMs: 7_000 }],
  ['a 503', answer(503), { kind: 'transient', cause: 'http-503' }],
  ['a redirect', answer(308), { kind: 'misconfigured', cause: 'http-308' }],
  ['a 401', answer(401, PROOF), { kind: 'misconfigured', cause: 'http-401' }],
  ['a 404 of a gateway', answer(404), { kind: 'misconfigured', cause: 'http-404' }],
  ['a 422 that the row does not list', answer(409, PROOF), { kind: 'misconfigured', cause: 'http-409' }],
  ['a 422 without proof', answer(422, '<html>'), { kind: 'misconfigured', cause: 'http-422' }],
  ['a 422 with proof', answer(422, PROOF), { kind: 'rejected', cause: 'rejected:unknown-city' }],
  [
    'no answer',
    { type: 'failure', phase: 'after-sent', cause: 'timeout', misconfigured: false },
    { kind: 'unknown', cause: 'timeout' },
  ],
])('%s has the outcome of every system', (_what, given, outcome) => {
  expect(classify(given, [422], 0)).toMatchObject(outcome)
})

test('a 410 is a receiver that wants no more: loud, and a person decides', () => {
  const gone = { kind: 'misconfigured', cause: 'http-410', message: expect.stringContaining('wants no more') }
  expect(classify(answer(410, PROOF), [422], 0)).toMatchObject(gone)
  expect(classify(answer(410), [], 0)).toMatchObject(gone)
})
