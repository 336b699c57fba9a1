import type { IntegrationState } from '../model/integration-state.ts'
import type { RecoveryState } from '../model/recovery-state.ts'
import { afterIdle } from '../recovery/next-window.ts'
import { SETTINGS } from '../testing/samples.ts'
import { healthChangeOf } from './health-watch.ts'
import type { CheckedEvents, MissingEvent } from './open-events.ts'
import { createSweep, type SweepDeps } from './sweep.ts'

const recovery = { minIntervalMs: 100, maxIntervalMs: 1000, windowMax: 10, ratePerSecond: 100 }
const clock = { now: () => 5000, monotonic: () => 0, sleep: async () => {} }
const canary: RecoveryState = { phase: 'canary', gapMs: 100, nextAt: 0, since: 0 }
const ramp: RecoveryState = { phase: 'ramp', window: 8, nextAt: 1000, since: 0 }

const NOTHING: CheckedEvents = { closed: 0, published: 0, waiting: 0, missing: [], errors: [] }
const missingOf = (centerId: string, ...names: string[]): MissingEvent => ({
  event: { eventId: `${centerId}:1`, centerId, version: 1, centerCreatedAt: 0, checks: 3 },
  integrations: names,
  nextCheckAt: 1,
})

type Given = {
  checked?: Partial<CheckedEvents> | Error
  reconciled?: Record<string, string[]>
  states?: Record<string, IntegrationState>
  parts?: Partial<SweepDeps>
}

/** A sweep whose parts are given; `asked` is what it asked of them. */
const sweepWith = ({ checked = {}, reconciled = {}, states = {}, parts = {} }: Given) => {
  const asked = {
    recovered: {} as Record<string, readonly string[]>,
    deadlines: [] as number[],
    opensAt: {} as Record<string, number>,
    tried: [] as string[],
    checks: 0,
    gone: [] as string[],
    maintained: 0,
  }
  const sweep = createSweep({
    integrations: ['dmitri', 'maas'].map((name) => ({ ...SETTINGS, recovery, name })),
    states: { all: async () => new Map(Object.entries(states)), write: async () => {} },
    ledger: { hasDue: async () => true },
    membership: async () => new Set(['old']),
    openEvents: {
      check: async ({ opensAt }, deadline) => {
        asked.checks += 1
        asked.deadlines.push(deadline)
        asked.opensAt = Object.fromEntries(opensAt)
        if (checked instanceof Error) throw checked
        return { ...NOTHING, ...checked }
      },
      postponeTried: async (events) => {
        asked.tried.push(...events.map(({ event }) => event.eventId))
      },
    },
    recover: async ({ name }, _before, missing, deadline) => {
      asked.recovered[name] = missing
      asked.deadlines.push(deadline)
      return { state: canary, succeeded: 0, failed: 1, reconciled: reconciled[name] ?? [] }
    },
    runRedrives: async (_deadline, gone) => {
      asked.gone.push(...gone)
    },
    maintenance: async () => {
      asked.maintained += 1
    },
    health: { seeRecovery: async () => {} },
    clock,
    ...parts,
  })
  return { asked, sweep }
}

test('a broker that is away keeps no backlog from coming back, and the sweep still says so', async () => {
  const { asked, sweep } = sweepWith({ checked: new Error('store away') })
  await expect(sweep(1000)).rejects.toThrow('store away')
  expect(asked.recovered).toEqual({ dmitri: [], maas: [] })
})

test('without its list of integrations remembered it closes no event, and everything else goes on', async () => {
  const membership = () => Promise.reject(new Error('not remembered'))
  const { asked, sweep } = sweepWith({ parts: { membership } })
  await expect(sweep(1000)).rejects.toThrow('not remembered')
  expect(asked).toMatchObject({ checks: 0, recovered: { dmitri: [], maas: [] }, maintained: 1 })
})

test('what could not be published is reported after everything else was done', async () => {
  const one = sweepWith({ checked: { errors: [new Error('too large')], missing: [missingOf('a', 'maas')] } })
  await expect(one.sweep(1000)).rejects.toThrow('too large')
  expect(one.asked.recovered).toEqual({ dmitri: [], maas: ['a'] })
  const two = sweepWith({ checked: { errors: [new Error('too large'), new Error('other')] } })
  await expect(two.sweep(1000)).rejects.toMatchObject({
    errors: [{ message: 'too large' }, { message: 'other' }],
  })
})

test('one integration whose recovery fails costs the others nothing', async () => {
  const recovered: string[] = []
  const recover: SweepDeps['recover'] = async ({ name }) => {
    if (name === 'dmitri') throw new Error('dmitri fails')
    recovered.push(name)
    return { state: canary, succeeded: 0, failed: 0, reconciled: ['a'] }
  }
  const { asked, sweep } = sweepWith({ checked: { missing: [missingOf('a', 'maas')] }, parts: { recover } })
  await expect(sweep(1000)).rejects.toThrow('dmitri fails')
  expect([recovered, asked.tried, asked.maintained]).toEqual([['maas'], ['a:1'], 1])
})

test('events get half of the time, so that publications that hang leave some for the backlog', async () => {
  const { asked, sweep } = sweepWith({})
  await sweep(1000)
  expect(asked.deadlines).toEqual([500, 1000, 1000])
})

test('an event is put off by its doubled gap only when every integration that lacks it was tried', async () => {
  const missing = [
    missingOf('a', 'dmitri', 'maas'),
    missingOf('b', 'dmitri', 'maas'),
    missingOf('c', 'maas'),
    missingOf('d', 'dmitri'),
  ]
  const { asked, sweep } = sweepWith({
    checked: { missing },
    reconciled: { dmitri: ['a', 'b'], maas: ['a', 'c'] },
  })
  await sweep(1000)
  expect(asked.recovered).toEqual({ dmitri: ['a', 'b', 'd'], maas: ['a', 'b', 'c'] })
  expect(asked.tried).toEqual(['a:1', 'c:1'])
})

test('the check of the events knows when each window opens, and believes no time that cannot have been planned', async () => {
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

test('the window tells of the first canary that failed, and of the first success after it, once each', () => {
  expect(healthChangeOf(undefined, canary)).toBe('down')
  expect(healthChangeOf(canary, { ...canary, gapMs: 200 })).toBeUndefined()
  expect(healthChangeOf(canary, ramp)).toBe('back')
  expect(healthChangeOf(ramp, ramp)).toBeUndefined()
})

test('what people asked for runs in every sweep, also where nothing is due, and its failure stops nothing else', async () => {
  const runRedrives = () => Promise.reject(new Error('redrives away'))
  const { asked, sweep } = sweepWith({ parts: { runRedrives } })
  await expect(sweep(1000)).rejects.toThrow('redrives away')
  expect(asked.recovered).toEqual({ dmitri: [], maas: [] })
  const second = sweepWith({ parts: { ledger: { hasDue: async () => false } } })
  await second.sweep(1000)
  expect(second.asked).toMatchObject({ gone: ['old'], recovered: {}, maintained: 1 })
})
