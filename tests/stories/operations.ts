import { DistributionCenter, type DailyReport, type Delivery } from '@mensageria/contracts'
import { dayOf } from '@mensageria/core'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations, type Operations } from '../support/operations.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'
import { watch } from '../support/watch.ts'
import type { StorySystem } from './story-system.ts'

type SystemName = (typeof SYSTEMS)[number]

/** The stories of people who look and decide, told to each engine alike; each ends with the checker. */
export const describeOperations = (engine: string, open: () => Promise<StorySystem>): void => {
  describe(`operations on ${engine}`, () => {
    let system: StorySystem
    let operations: Operations
    let last = 0
    const startedAt = Date.now()
    beforeAll(async () => {
      system = await open()
      operations = createOperations(system.operationsUrl)
    }, 240_000)
    afterAll(() => system.close())
    afterEach(async () => {
      for (const name of SYSTEMS) system.simulator.setDials(name, {})
      await expectPromisesKept(system, system.url)
    }, 240_000)

    const newRegistrations = (count: number) =>
      Array.from({ length: count }, () => sampleRegistration((last += 1)))
    const register = (registrations = newRegistrations(1)): Promise<DistributionCenter[]> =>
      Promise.all(registrations.map((registration) => system.client.register(system.url, registration)))
    const rowsAt = (name: SystemName, centers: readonly DistributionCenter[]) =>
      Promise.all(centers.map(async ({ id }) => (await deliveriesOf(system.url, id))[name]))
    const statesAt = async (name: SystemName, centers: readonly DistributionCenter[]) =>
      (await rowsAt(name, centers)).map((row) => row?.state)
    const untilAre = (name: SystemName, state: Delivery['state'], centers: readonly DistributionCenter[]) =>
      waitFor(`${centers.length} deliveries of ${name} ${state}`, () => statesAt(name, centers), {
        until: (states) => states.every((one) => one === state),
      })
    const delivered = (centers: readonly DistributionCenter[]) =>
      untilDelivered(
        system.url,
        centers.map(({ id }) => id),
      )
    const effectsOf = (name: SystemName, centers: readonly DistributionCenter[]) => {
      const ids = new Set(centers.map(({ id }) => id))
      return system.simulator.effects(name).filter(({ centerId }) => ids.has(centerId ?? ''))
    }

    // Only a person brings a refused row back.
    const refusedAt = async (name: SystemName, count: number) => {
      const registrations = newRegistrations(count)
      system.simulator.setDials(name, { refuse: registrations.map(({ taxId }) => taxId) })
      const centers = await register(registrations)
      await system.bring(name, centers)
      await untilAre(name, 'rejected', centers)
      for (const other of SYSTEMS.filter((one) => one !== name)) await untilAre(other, 'delivered', centers)
      return centers
    }

    test('a redrive by filter: counted first, then sent once to the system that refused, and to no other', async () => {
      const centers = await refusedAt('maas', 6)
      const [first] = await rowsAt('maas', centers)
      const { cause = '' } = first?.lastFailure ?? {}
      await operations.untilCount('maas', 'rejected', 6)
      expect(await operations.failureGroups()).toMatchObject([
        { integration: 'maas', kind: 'rejected', cause, count: 6 },
      ])

      system.simulator.setDials('maas', {})
      const calls = SYSTEMS.map((name) => system.simulator.summaryOf(name).requests)
      const dry = await operations.dryRun({ cause })
      expect([dry.count, dry.sample.length]).toEqual([6, 6])
      expect(SYSTEMS.map((name) => system.simulator.summaryOf(name).requests)).toEqual(calls)

      const watching = await watch(system.operationsUrl)
      const { id } = await operations.redrive({ cause })
      expect(await operations.done(id)).toMatchObject({ total: 6, delivered: 6, failed: 0, skipped: 0 })
      expect(new Set(await statesAt('maas', centers))).toEqual(new Set(['delivered']))
      for (const name of SYSTEMS) expect(effectsOf(name, centers)).toHaveLength(6)
      expect((await rowsAt('maas', centers)).map((row) => row?.history.at(-1)?.trigger)).toEqual(
        centers.map(() => `redrive:${id}`),
      )
      await waitFor('the end of the redrive in the event stream', () => watching.heard(), {
        until: (heard) => /event: redrive\ndata: .*"state":"done"/.test(heard),
      })
      await watching.stop()
    }, 300_000)

    test('a center that is registered at the console is one of the registration API, and reaches every system', async () => {
      const [registration] = newRegistrations(1)
      if (!registration) throw new Error('There is no registration')
      const center = await system.client.register(system.operationsUrl, registration)
      await delivered([center])
      expect(await system.client.register(system.url, registration)).toMatchObject({
        id: center.id,
        version: 1,
      })
      expect(SYSTEMS.map((name) => effectsOf(name, [center]).length)).toEqual(SYSTEMS.map(() => 1))
    })

    test('the attempts of the last hour are counted by minute, what failed apart', async () => {
      const counted = async (name: SystemName) => {
        const found = (await operations.attempts()).items.find(({ integration }) => integration === name)
        const minutes = found?.minutes ?? []
        expect(minutes).toHaveLength(60)
        return {
          delivered: minutes.reduce((sum, minute) => sum + minute.delivered, 0),
          failed: minutes.reduce((sum, minute) => sum + minute.failed, 0),
        }
      }
      const before = { maas: await counted('maas'), dmitri: await counted('dmitri') }
      const centers = await refusedAt('maas', 3)
      await waitFor('3 more failed attempts of maas counted', () => counted('maas'), {
        until: ({ failed }) => failed >= before.maas.failed + 3,
      })
      await waitFor('3 more deliveries of dmitri counted', () => counted('dmitri'), {
        until: ({ delivered: now }) => now >= before.dmitri.delivered + 3,
      })
      expect((await counted('dmitri')).failed).toBe(before.dmitri.failed)

      system.simulator.setDials('maas', {})
      const [first] = await rowsAt('maas', centers)
      const { id } = await operations.redrive({ cause: first?.lastFailure?.cause })
      expect(await operations.done(id)).toMatchObject({ total: 3, delivered: 3 })
      await waitFor('3 more deliveries of maas counted', () => counted('maas'), {
        until: ({ delivered: now }) => now >= before.maas.delivered + 3,
      })
    }, 300_000)

    test('the numbers add up: accepted centers x integrations is the sum of the states', async () => {
      const centers = await register(newRegistrations(5))
      await delivered(centers)
      await waitFor('every accepted center counted as delivered to every system', operations.summary, {
        until: ({ accepted, openEvents, deliveries }) =>
          accepted >= last && openEvents === 0 && deliveries.delivered === accepted * SYSTEMS.length,
      })
      const { accepted, deliveries } = await operations.summary()
      const sum = Object.values(deliveries).reduce((all, count) => all + count, 0)
      expect(sum).toBe(accepted * SYSTEMS.length)
    }, 300_000)

    test('paused: no calls, and a redrive waits; resumed, all of it comes by itself', async () => {
      const refused = await refusedAt('maas', 1)
      system.simulator.setDials('maas', {})
      await operations.pause('maas')
      expect((await operations.integration('maas')).health).toBe('paused')
      // It reaches the integration's process within 5 s.
      const centers: DistributionCenter[] = []
      await waitFor('a new center held by the pause of maas', async () => {
        const [probe] = await register()
        if (!probe) return false
        centers.push(probe)
        return system.isHeld('maas', probe)
      })
      // A call that had begun before is over.
      await waitFor('no call to maas in flight', () => statesAt('maas', centers), {
        until: (states) => !states.includes('delivering'),
      })
      const { requests } = system.simulator.summaryOf('maas')
      const { id } = await operations.redrive({ integration: 'maas', states: ['rejected'] })
      centers.push(...(await register(newRegistrations(2))))
      await untilAre('dmitri', 'delivered', centers)
      await untilAre('senninha', 'delivered', centers)
      expect(system.simulator.summaryOf('maas').requests).toBe(requests)
      expect(await operations.redriveOf(id)).toMatchObject({ state: 'running', delivered: 0 })

      expect((await operations.resume('maas')).paused).toBeUndefined()
      const bring = async () => {
        await system.bring('maas', centers)
        return statesAt('maas', [...refused, ...centers])
      }
      await waitFor('everything that the pause held delivered to maas', bring, {
        until: (states) => states.every((state) => state === 'delivered'),
      })
      expect(await operations.done(id)).toMatchObject({ total: 1, delivered: 1 })
    }, 300_000)

    test('kill -9 of the sweeper in the middle of a redrive: the next one takes it to its end, each row once', async () => {
      const centers = await refusedAt('maas', 12)
      // Slow enough that rows are on their way when it dies.
      system.simulator.setDials('maas', { latencyMs: 500 })
      const { id } = await operations.redrive({ integration: 'maas', states: ['rejected'] })
      await waitFor('a redrive in the middle', () => operations.redriveOf(id), {
        until: ({ delivered: done, inFlight }) => done > 0 && inFlight > 0,
      })
      await system.crash(system.sweeper)
      const ended = await operations.done(id)
      expect(ended).toMatchObject({ total: 12, failed: 0, inFlight: 0, remaining: 0 })
      expect(ended.delivered + ended.skipped).toBe(12)
      await delivered(centers)
      expect(effectsOf('maas', centers)).toHaveLength(12)
    }, 300_000)

    // The last of these stories: what all of them did is in its numbers.
    test('the daily report: each version that was registered is delivered or superseded, at every system', async () => {
      const [refused] = await refusedAt('maas', 1)
      system.simulator.setDials('maas', {})
      const changed = { ...sampleRegistration(last), name: 'CD Corrigido' }
      const answer = await system.client.put(system.url, changed, refused?.version ?? 0)
      const center = DistributionCenter.parse(await answer.json())
      await system.bring('maas', [center])
      await delivered([center])

      const days = new Set([startedAt, Date.now()].map(dayOf))
      const reportsOf = () => Promise.all([...days].map((day) => operations.report(day)))
      const sumOf = (reports: readonly DailyReport[], name: string, of: 'delivered' | 'superseded') =>
        reports
          .flatMap(({ integrations }) => integrations)
          .filter((one) => one.name === name)
          .reduce((sum, one) => sum + one[of], 0)
      const isDone = (reports: readonly DailyReport[]) => (name: string) =>
        sumOf(reports, name, 'delivered') + sumOf(reports, name, 'superseded') > last
      await waitFor('every attempt in the daily report', reportsOf, {
        until: (reports) => SYSTEMS.every(isDone(reports)),
      })
      const reports = await reportsOf()
      expect(reports.reduce((sum, { registered }) => sum + registered, 0)).toBe(last)
      expect(reports.reduce((sum, { updated }) => sum + updated, 0)).toBe(1)
      for (const name of SYSTEMS) {
        const superseded = name === 'maas' ? 1 : 0
        expect(sumOf(reports, name, 'superseded')).toBe(superseded)
        expect(sumOf(reports, name, 'delivered')).toBe(last + 1 - superseded)
      }
      for (const { accepted, balanced, integrations } of reports) {
        expect([accepted, balanced]).toEqual([last, true])
        for (const { owed, states } of integrations) expect([owed, states.delivered]).toEqual([last, last])
      }
    }, 300_000)
  })
}
