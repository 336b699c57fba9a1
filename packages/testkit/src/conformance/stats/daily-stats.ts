import {
  composeDeliverer,
  composePark,
  NONE_DELIVERED,
  type DeliveryTrigger,
  type IntegrationSettings,
  type Outcome,
} from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'
import { createActs, writeOf } from '../samples.ts'

// The day on which the sample centers are made, and the one after.
const [DAY, NEXT] = ['2026-11-20', '2026-11-21']

const MAAS: IntegrationSettings = {
  name: 'maas',
  retry: { minBackoffMs: 10, maxBackoffMs: 100, attemptsMax: 5 },
  recovery: { minIntervalMs: 10, maxIntervalMs: 100, windowMax: 8, ratePerSecond: 200 },
  concurrencyMax: 1,
}

const AWAY: Outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' }
const REFUSED: Outcome = { kind: 'rejected', cause: 'rejected:x', message: 'It said no' }
const REDRIVE: DeliveryTrigger = { kind: 'redrive', id: 'r-1', force: false }

/** What the stats of every engine must say of the days, of what the core does. */
export const describeDailyStats = (name: string, open: OpenEngine): void => {
  describe(`stats, days: ${name}`, () => {
    const store = useEngine(open)
    const { accept } = createActs(store)
    let now: number
    let tokens: number
    beforeEach(() => {
      now = Date.parse(`${DAY}T12:00:00Z`)
      tokens = 0
    })

    const clock = { now: () => now, monotonic: () => performance.now(), sleep: async () => {} }
    const ids = {
      next: () => `token-${(tokens += 1)}`,
      traceparent: () => '',
      random: () => 0.5,
      digest: () => '',
    }
    const count = () => store.stats.count(now)
    const ofDay = async (day: string) => {
      await count()
      return store.stats.ofDay(day, ['maas'])
    }
    const maas = async (day: string = DAY) => (await ofDay(day)).integrations['maas']

    const update = async (n: number, version: number) => {
      const { stored, event } = writeOf(n, version)
      const center = { ...stored.center, updatedAt: new Date(now).toISOString() }
      const expected = (await store.centers.read(center.id))?.revision ?? ''
      await store.centers.update({ stored: { ...stored, center }, event, expected })
    }
    const deliver = async (
      n: number,
      how: { version?: number; trigger?: DeliveryTrigger; outcome?: Outcome } = {},
    ) => {
      const { version = 1, trigger = { kind: 'push' }, outcome = { kind: 'delivered' } } = how
      const call = async (): Promise<Outcome> => outcome
      const work = composeDeliverer(store, { settings: MAAS, clock, ids, call, onAttempt: () => {} })
      return (await work(writeOf(n, version).event, trigger, AbortSignal.timeout(30_000))).result
    }
    const park = async (n: number, version = 1) => {
      const key = { integration: 'maas', centerId: writeOf(n).stored.center.id }
      expect(await composePark(store, { clock, ids })(key, version)).toBe(true)
    }

    test('a day on which nothing happened has stats too', async () => {
      const nothing = {
        registered: 0,
        updated: 0,
        integrations: { maas: NONE_DELIVERED, dmitri: NONE_DELIVERED },
      }
      expect(await store.stats.ofDay(DAY, ['maas', 'dmitri'])).toEqual(nothing)
      await count()
      expect(await store.stats.ofDay(DAY, ['maas', 'dmitri'])).toEqual(nothing)
    })

    test('counts what was registered and what was updated, and a commit that is refused for nothing', async () => {
      await accept(4)
      await accept(5)
      await accept(5)
      await update(4, 2)
      await store.centers.update({ ...writeOf(4, 3), expected: '1' })
      expect(await ofDay(DAY)).toMatchObject({ registered: 2, updated: 1 })
      expect(await ofDay(NEXT)).toMatchObject({ registered: 0, updated: 0 })
    })

    test('counts what was delivered by who brought it', async () => {
      await accept(4, 5, 6, 7)
      await deliver(4)
      await deliver(5, { outcome: AWAY })
      await park(5)
      expect(await maas()).toEqual({ ...NONE_DELIVERED, push: 1 })
      await deliver(5, { trigger: { kind: 'recovery' } })
      await deliver(6, { outcome: REFUSED })
      await deliver(6, { trigger: REDRIVE })
      await deliver(7, { trigger: { kind: 'reconcile' } })
      expect(await maas()).toEqual({ push: 1, recovery: 1, reconcile: 1, redrive: 1, superseded: 0 })
    })

    test('a version is delivered once, however often it comes and a person has it sent', async () => {
      await accept(4)
      expect(await deliver(4)).toBe('delivered')
      expect(await deliver(4)).toBe('duplicate')
      expect(await deliver(4, { trigger: { ...REDRIVE, force: true } })).toBe('delivered')
      expect(await maas()).toEqual({ ...NONE_DELIVERED, push: 1 })
    })

    test('a version that a newer one took the place of is superseded, unless it was delivered', async () => {
      await accept(4, 5, 6, 7)
      await deliver(4)
      await deliver(4, { version: 2 })
      expect(await maas()).toMatchObject({ push: 2, superseded: 0 })
      await deliver(5, { outcome: AWAY })
      await deliver(5, { version: 3 })
      expect(await maas()).toMatchObject({ push: 3, superseded: 2 })
      await deliver(6, { version: 2 })
      expect(await maas()).toMatchObject({ push: 4, superseded: 3 })
      await deliver(7, { outcome: AWAY })
      await park(7, 2)
      expect(await maas()).toMatchObject({ push: 4, superseded: 4 })
    })

    test('midnight parts the days: each has what happened on it, and the one before stays as it was', async () => {
      await accept(4, 5)
      await deliver(4)
      await deliver(5, { outcome: AWAY })
      now = Date.parse(`${DAY}T23:59:59.999Z`)
      const ended = await ofDay(DAY)
      expect(ended).toEqual({
        registered: 2,
        updated: 0,
        integrations: { maas: { ...NONE_DELIVERED, push: 1 } },
      })

      now = Date.parse(`${NEXT}T00:00:00Z`)
      await count()
      await update(4, 2)
      await deliver(4, { version: 2 })
      now += 3_600_000
      await update(5, 2)
      await deliver(5, { version: 2, trigger: { kind: 'recovery' } })
      expect(await ofDay(NEXT)).toEqual({
        registered: 0,
        updated: 2,
        integrations: { maas: { ...NONE_DELIVERED, push: 1, recovery: 1, superseded: 1 } },
      })
      expect(await store.stats.ofDay(DAY, ['maas'])).toEqual(ended)
    })

    test('a day that began without a count has what came after the last one', async () => {
      await accept(4)
      await deliver(4)
      await count()
      now = Date.parse(`${NEXT}T09:00:00Z`)
      await update(4, 2)
      await deliver(4, { version: 2 })
      expect(await ofDay(NEXT)).toMatchObject({ registered: 0, updated: 1 })
      expect(await maas(NEXT)).toEqual({ ...NONE_DELIVERED, push: 1 })
      expect(await maas(DAY)).toEqual({ ...NONE_DELIVERED, push: 1 })
    })
  })
}
