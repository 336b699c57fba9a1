import { createPacing } from '../../src/pace/pacing.ts'
import { createDeliver } from '../../src/deliver/deliver.ts'
import type { Outcome } from '../../src/deliver/outcome.ts'
import { createTestClock, createTestIds, eventOf, SETTINGS } from '../../src/testing/samples.ts'
import { createTestLedger } from '../support.ts'

const { signal } = new AbortController()
const TOO_OFTEN: Outcome = { kind: 'transient', cause: 'http-429', message: 'Answered 429', httpStatus: 429 }
const DELIVERED: Outcome = { kind: 'delivered' }

const open = (ratePerSecondMax?: number, waitMaxMs = 5_000) => {
  const clock = createTestClock({ manual: true })
  const pacing = createPacing(ratePerSecondMax === undefined ? {} : { ratePerSecondMax }, clock, waitMaxMs)
  return { clock, pacing }
}

// What a promise has come to without a wait: nothing here waits for more than some turns.
const now = async <T>(promise: T | Promise<T>): Promise<T | 'waits'> => {
  const waits = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    return 'waits' as const
  }
  return Promise.race([promise, waits()])
}

describe('c25: places', () => {
  test('without a pace are there at once, and nothing is awaited', () => {
    const { pacing } = open()
    for (let n = 0; n < 1_000; n++) {
      expect(pacing.take(signal, true)).toBe(true)
      pacing.learn(DELIVERED, 0)
    }
    expect(pacing.hasRoom()).toBe(true)
  })

  test('with a ceiling come one after another, in their order', async () => {
    const { clock, pacing } = open(2)
    expect(await now(pacing.take(signal, true))).toBe(true)
    const [second, third] = [pacing.take(signal, true), pacing.take(signal, true)]
    clock.advance(499)
    expect(await now(second)).toBe('waits')
    clock.advance(1)
    expect(await now(second)).toBe(true)
    expect(await now(third)).toBe('waits')
    clock.advance(500)
    expect(await now(third)).toBe(true)
  })

  test('that are too far ahead: a hand-over comes back at once, a push at the end of its time', async () => {
    const { clock, pacing } = open(1, 2_000)
    const taken = [1, 2, 3].map(() => pacing.take(signal, true))
    expect(await now(pacing.take(signal, false))).toBe(false)
    const push = pacing.take(signal, true)
    expect(await now(push)).toBe('waits')
    for (const one of taken) {
      expect(await now(one)).toBe(true)
      clock.advance(1_000)
    }
    expect(await now(push)).toBe(false)
  })

  test('a broker that asks has no room before the places are 1.5 s ahead or less', async () => {
    const { clock, pacing } = open(1)
    const places = [1, 2, 3].map(() => pacing.take(signal, true))
    expect(pacing.hasRoom()).toBe(false)
    clock.advance(1_000)
    expect(await now(places[1] ?? false)).toBe(true)
    expect(pacing.hasRoom()).toBe(false)
    clock.advance(500)
    expect(pacing.hasRoom()).toBe(true)
  })

  test('that were given out before a cut are given out anew after the pause', async () => {
    const { clock, pacing } = open(10)
    void pacing.take(signal, true)
    const waiting = pacing.take(signal, true)
    pacing.learn({ ...TOO_OFTEN, retryAfterMs: 3_000 }, clock.monotonic())
    clock.advance(100)
    expect(await now(waiting)).toBe('waits')
    clock.advance(2_900)
    expect(await now(waiting)).toBe(true)
  })

  test('that nobody used are given to the next', async () => {
    const { pacing } = open(1)
    await pacing.take(signal, true)
    pacing.giveBack()
    expect(await now(pacing.take(signal, true))).toBe(true)
  })

  test('that nobody used are given at once to who waits', async () => {
    const { pacing } = open(1)
    await pacing.take(signal, true)
    const waiting = pacing.take(signal, true)
    expect(await now(waiting)).toBe('waits')
    pacing.giveBack()
    expect(await now(waiting)).toBe(true)
  })

  test('end with the process that waits for them', async () => {
    const { pacing } = open(1)
    const ending = new AbortController()
    await pacing.take(ending.signal, true)
    const waiting = pacing.take(ending.signal, true)
    ending.abort()
    expect(await now(waiting)).toBe(false)
    expect(await now(pacing.take(ending.signal, true))).toBe(false)
  })

  test('are free again a minute after the last complaint', async () => {
    const { clock, pacing } = open()
    pacing.learn(TOO_OFTEN, clock.monotonic())
    expect(await now(pacing.take(signal, true))).toBe('waits')
    clock.advance(62_000)
    expect(await now(pacing.take(signal, true))).toBe(true)
    expect(pacing.take(signal, true)).toBe(true)
  })

  test.each<[string, Outcome]>([
    ['an answer 503', { kind: 'transient', cause: 'http-503', message: '', httpStatus: 503 }],
    ['a refusal', { kind: 'rejected', cause: 'rejected:x', message: '', httpStatus: 422 }],
    ['a doubt', { kind: 'unknown', cause: 'timeout', message: '' }],
  ])('%s slows nothing down', (_what, outcome) => {
    const { pacing } = open()
    pacing.learn(outcome, 0)
    expect(pacing.take(signal, true)).toBe(true)
  })
})

describe('c25: a delivery', () => {
  const setUp = (answer: () => Outcome) => {
    const clock = createTestClock({ manual: true })
    const ledger = createTestLedger(clock)
    const pacing = createPacing({}, clock, 2_000)
    const deliver = createDeliver({
      settings: SETTINGS,
      ledger,
      clock,
      ids: createTestIds(),
      pacing,
      isPaused: () => false,
      call: async () => answer(),
      onAttempt: () => undefined,
    })
    return { clock, ledger, pacing, deliver }
  }

  test('that is too often says so, and the next one is held without a claim', async () => {
    const { ledger, deliver } = setUp(() => ({ ...TOO_OFTEN, retryAfterMs: 10_000 }))
    expect(await deliver(eventOf(1), { kind: 'recovery' }, signal)).toEqual({
      ack: false,
      result: 'transient',
      throttled: true,
    })
    ledger.forgetCalls()
    expect(await deliver(eventOf(1), { kind: 'recovery' }, signal)).toEqual({
      ack: false,
      result: 'held',
      throttled: true,
    })
    expect(ledger.calls).toEqual([])
  })

  test('without a call gives its place back', async () => {
    const { clock, pacing, deliver } = setUp(() => DELIVERED)
    await deliver(eventOf(1), { kind: 'push' }, signal)
    pacing.learn(TOO_OFTEN, clock.monotonic())
    clock.advance(1_000)
    for (let n = 0; n < 5; n++)
      expect(await now(deliver(eventOf(1), { kind: 'push' }, signal))).toMatchObject({ result: 'duplicate' })
  })
})
