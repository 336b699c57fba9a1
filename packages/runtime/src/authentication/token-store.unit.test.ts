import type { NetworkFailure } from '../http-client/classify-network-error.ts'
import { tokenFailure } from './token-failure.ts'
import { createTokenStore, type Fetched } from './token-store.ts'

const failure: NetworkFailure = tokenFailure('http-503', false, 'it answered 503')

const open = (...answers: (Fetched | Promise<Fetched>)[]) => {
  const clock = { now: 0 }
  let fetches = 0
  const fetch = async (): Promise<Fetched> => {
    fetches += 1
    return (await answers.shift()) ?? { ok: true, token: `t${fetches}`, expiresInMs: 3_600_000 }
  }
  const store = createTokenStore(fetch, () => clock.now)
  const token = async () => {
    const kept = await store.get()
    return kept.ok ? kept.token : kept.failure.cause
  }
  return { store, token, clock, fetches: () => fetches }
}

test('one fetch serves all that wait for it', async () => {
  const { promise, resolve } = Promise.withResolvers<Fetched>()
  const { token, fetches } = open(promise)
  const waiting = Array.from({ length: 20 }, () => token())
  resolve({ ok: true, token: 't', expiresInMs: 1_000_000 })
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['t']))
  expect(fetches()).toBe(1)
})

test.each([
  ['an hour', 3_600_000, 3_540_000],
  ['ten seconds', 10_000, 5_000],
])('a token of %s is kept until shortly before its end', async (_name, expiresInMs, keptMs) => {
  const { token, clock } = open({ ok: true, token: 'first', expiresInMs })
  expect(await token()).toBe('first')
  clock.now = keptMs - 1
  expect(await token()).toBe('first')
  clock.now = keptMs
  expect(await token()).toBe('t2')
})

test('the life of a token begins when it is asked for, not when the answer comes', async () => {
  const { promise, resolve } = Promise.withResolvers<Fetched>()
  const { token, clock } = open(promise)
  const first = token()
  clock.now = 9_000
  resolve({ ok: true, token: 'slow', expiresInMs: 10_000 })
  expect(await first).toBe('slow')
  expect(await token()).toBe('t2')
})

test('a token that is refused is dropped, and one that came meanwhile is not', async () => {
  const { store, token, fetches } = open()
  expect(await token()).toBe('t1')
  store.drop('t1')
  expect(await token()).toBe('t2')
  // The answers to all that were sent with the first one.
  store.drop('t1')
  store.drop('t1')
  expect(await token()).toBe('t2')
  expect(fetches()).toBe(2)
})

test('a failure is told to all that ask within two seconds, then it is tried again', async () => {
  const { token, clock, fetches } = open({ ok: false, failure })
  expect(await Promise.all([token(), token()])).toEqual(['token-http-503', 'token-http-503'])
  clock.now = 1_999
  expect(await token()).toBe('token-http-503')
  expect(fetches()).toBe(1)
  clock.now = 2_000
  expect(await token()).toBe('t2')
})
