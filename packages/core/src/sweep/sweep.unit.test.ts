import type { RecoveryState } from '../model/recovery-state.ts'
import { afterIdle } from '../recovery/next-window.ts'
import type { IntegrationState } from '../ports/index.ts'
import type { LackingEvent, SweptEvents } from './sweep-events.ts'
import { createSweep, healthChangeOf } from './sweep.ts'

const recovery = { minIntervalMs: 100, maxIntervalMs: 1000, windowMax: 10, ratePerSecond: 100 }
const settings = {
  name: 'dmitri',
  retry: { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 },
  recovery,
  concurrencyMax: 1,
}
const clock = { now: () => 5000, monotonic: () => 0, sleep: async () => {} }
const canary: RecoveryState = { phase: 'canary', gapMs: 100, nextAt: 0, since: 0 }
const ramp: RecoveryState = { phase: 'ramp', window: 8, nextAt: 1000, since: 0 }

const NOTHING: SweptEvents = { closed: 0, published: 0, waiting: 0, lacking: [], errors: [] }
const lackingOf = (centerId: string, ...names: string[]): LackingEvent => ({
  event: { eventId: `${centerId}:1`, centerId, version: 1, centerCreatedAt: 0, checks: 3 },
  integrations: names,
  nextCheckAt: 1,
})

type Given = {
  swept?: Partial<SweptEvents> | Error
  reconciled?: Record<string, string[]>
  states?: Record<string, IntegrationState>
}

/** A sweep whose parts are given; `asked` is what it asked of them. */
const sweepWith = ({ swept = {}, reconciled = {}, states = {} }: Given) => {
  const asked = {
    recovered: {} as Record<string, readonly string[]>,
    deadlines: [] as number[],
    opensAt: {} as Record<string, number>,
    tried: [] as string[],
  }
  const sweep = createSweep({
    integrations: ['dmitri', 'maas'].map((name) => ({ ...settings, name })),
    states: {
      read: async (name) => states[name],
      writeRecovery: async () => {},
      writePause: async () => {},
    },
    ledger: { hasDue: async () => true },
    sweepEvents: {
      look: async ({ opensAt }, deadline) => {
        asked.deadlines.push(deadline)
        asked.opensAt = Object.fromEntries(opensAt)
        if (swept instanceof Error) throw swept
        return { ...NOTHING, ...swept }
      },
      postponeTried: async (events) => {
        asked.tried.push(...events.map(({ event }) => event.eventId))
      },
    },
    recover: async ({ name }, _before, lacking, deadline) => {
      asked.recovered[name] = lacking
      asked.deadlines.push(deadline)
      return { state: canary, succeeded: 0, failed: 1, reconciled: reconciled[name] ?? [] }
    },
    clock,
  })
  return { asked, sweep }
}

test('a broker that is away keeps no backlog from coming back, and the sweep still says so', async () => {
  const { asked, sweep } = sweepWith({ swept: new Error('store away') })
  await expect(sweep(1000)).rejects.toThrow('store away')
  expect(asked.recovered).toEqual({ dmitri: [], maas: [] })
})

test('what could not be published is reported after everything else was done', async () => {
  const one = sweepWith({ swept: { errors: [new Error('too large')], lacking: [lackingOf('a', 'maas')] } })
  await expect(one.sweep(1000)).rejects.toThrow('too large')
  expect(one.asked.recovered).toEqual({ dmitri: [], maas: ['a'] })
  const two = sweepWith({ swept: { errors: [new Error('too large'), new Error('other')] } })
  await expect(two.sweep(1000)).rejects.toMatchObject({
    errors: [{ message: 'too large' }, { message: 'other' }],
  })
})

test('events get half of the time, so that publications that hang leave some for the backlog', async () => {
  const { asked, sweep } = sweepWith({})
  await sweep(1000)
  expect(asked.deadlines).toEqual([500, 1000, 1000])
})

test('an event is put off by its doubled gap only when every integration that lacks it was tried', async () => {
  const lacking = [
    lackingOf('a', 'dmitri', 'maas'),
    lackingOf('b', 'dmitri', 'maas'),
    lackingOf('c', 'maas'),
    lackingOf('d', 'dmitri'),
  ]
  const { asked, sweep } = sweepWith({
    swept: { lacking },
    reconciled: { dmitri: ['a', 'b'], maas: ['a', 'c'] },
  })
  await sweep(1000)
  expect(asked.recovered).toEqual({ dmitri: ['a', 'b', 'd'], maas: ['a', 'b', 'c'] })
  expect(asked.tried).toEqual(['a:1', 'c:1'])
})

test('the sweep of the events knows when each window opens, and believes no time that cannot have been planned', async () => {
  const { asked, sweep } = sweepWith({
    states: {
      dmitri: { recovery: { ...canary, nextAt: 5900 } },
      maas: { recovery: { ...canary, nextAt: 50_000 } },
    },
  })
  await sweep(1000)
  expect(asked.opensAt).toEqual({ dmitri: 5900, maas: 5000 })
})

test('a ramp that was idle for longer than the longest gap begins again with a canary', () => {
  expect(afterIdle(ramp, 2000, recovery)).toBe(ramp)
  expect(afterIdle(ramp, 2001, recovery)).toMatchObject({ phase: 'canary', nextAt: 2001 })
})

test('people hear of the first canary that failed, and of the first success after it, once each', () => {
  expect(healthChangeOf(undefined, canary)).toBe('down')
  expect(healthChangeOf(canary, { ...canary, gapMs: 200 })).toBeUndefined()
  expect(healthChangeOf(canary, ramp)).toBe('back')
  expect(healthChangeOf(ramp, ramp)).toBeUndefined()
})

test('what people asked for runs in every sweep, also where nothing is due, and its failure stops nothing else', async () => {
  const deadlines: number[] = []
  const recovered: string[] = []
  const sweep = createSweep({
    integrations: [settings],
    states: { read: async () => undefined, writeRecovery: async () => {}, writePause: async () => {} },
    ledger: { hasDue: async () => true },
    sweepEvents: { look: async () => NOTHING, postponeTried: async () => {} },
    recover: async ({ name }) => {
      recovered.push(name)
      return { state: canary, succeeded: 0, failed: 1, reconciled: [] }
    },
    runRedrives: async (deadline) => {
      deadlines.push(deadline)
      throw new Error('redrives away')
    },
    clock,
  })
  await expect(sweep(1000)).rejects.toThrow('redrives away')
  expect(deadlines).toEqual([1000])
  expect(recovered).toEqual(['dmitri'])
})
