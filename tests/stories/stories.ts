import { DistributionCenter as Center, type DistributionCenter } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { setTimeout as sleep } from 'node:timers/promises'
import { waitFor } from '@mensageria/testkit/wait-for'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../support/system.ts'
import { untilDelivered, untilDeliveredTo, untilState } from '../support/until.ts'
import type { StorySystem } from './story-system.ts'

/** The stories that every engine must tell alike; each ends with the checker. `open` starts the system they share. */
export const describeStories = (engine: string, open: () => Promise<StorySystem>): void => {
  describe(`on ${engine}`, () => {
    let system: StorySystem
    let last = 0
    beforeAll(async () => {
      system = await open()
    }, 240_000)
    afterAll(() => system.close())
    afterEach(async () => {
      for (const name of SYSTEMS) system.simulator.setDials(name, {})
      await expectPromisesKept(system, system.url)
    }, 180_000)

    const newRegistration = () => sampleRegistration((last += 1))
    const register = (registration = newRegistration()): Promise<DistributionCenter> =>
      system.client.register(system.url, registration)
    const registerMany = (count: number) => Promise.all(Array.from({ length: count }, () => register()))
    const rowOf = async ({ id }: DistributionCenter, name: (typeof SYSTEMS)[number]) =>
      (await deliveriesOf(system.url, id))[name]
    const delivered = (...centers: DistributionCenter[]) =>
      untilDelivered(
        system.url,
        centers.map(({ id }) => id),
      )
    const effectsOf = (name: (typeof SYSTEMS)[number], { id }: DistributionCenter) =>
      system.simulator.effects(name).filter(({ centerId }) => centerId === id)

    test('registered: a center reaches every system, each once', async () => {
      const center = await register()
      expect(center.version).toBe(1)
      await delivered(center)
      for (const name of SYSTEMS) {
        expect(effectsOf(name, center)).toHaveLength(1)
        expect(await rowOf(center, name)).toMatchObject({
          state: 'delivered',
          attempts: 1,
          deliveredVersion: 1,
        })
      }
    })

    test('registered again with the same data: the same center, and nothing is sent', async () => {
      const registration = newRegistration()
      const center = await register(registration)
      await delivered(center)
      const again = await system.client.post(system.url, registration)
      expect(again.status).toBe(200)
      expect(await again.json()).toMatchObject({ id: center.id, version: 1 })
      expect(effectsOf('maas', center)).toHaveLength(1)
    })

    test('updated: the new version reaches every system, and is what they end with', async () => {
      const registration = newRegistration()
      const center = await register(registration)
      const name = `${registration.name} Novo`
      expect((await system.client.put(system.url, { ...registration, name }, 1)).status).toBe(200)
      await waitFor(
        'version 2 delivered to maas',
        async () => (await rowOf(center, 'maas'))?.deliveredVersion,
        { until: (version) => version === 2 },
      )
      await delivered(center)
      const rows = await deliveriesOf(system.url, center.id)
      for (const downstream of SYSTEMS) expect(rows[downstream]?.deliveredVersion).toBe(2)
      const records = JSON.stringify(system.simulator.records('senninha'))
      expect(records).toContain(name)
    })

    test('outage: the others go on, and a system that was away past the dead letter gets its backlog by itself', async () => {
      system.simulator.setDials('dmitri', { mode: 'down' })
      // Few: a push subscription slows down while its endpoint refuses, and five refusals each take a while.
      const centers = await registerMany(4)
      await untilDeliveredTo(
        system.url,
        ['senninha', 'maas'],
        centers.map(({ id }) => id),
      )
      // Parked, or being tried by the canary at this moment.
      await waitFor(
        'every delivery of dmitri given up by the broker',
        () => Promise.all(centers.map((center) => rowOf(center, 'dmitri'))),
        { until: (rows) => rows.every((row) => row?.parkedAt !== undefined) },
      )
      const [first] = centers
      expect(first && (await rowOf(first, 'dmitri'))?.lastFailure).toMatchObject({
        kind: 'transient',
        cause: 'http-503',
        httpStatus: 503,
      })
      system.simulator.setDials('dmitri', {})
      await delivered(...centers)
    }, 300_000)

    test('refused data: shown at once, never sent again by itself, corrected by a new version', async () => {
      const registration = newRegistration()
      system.simulator.setDials('maas', { refuse: [registration.taxId] })
      const center = await register(registration)
      await untilState(system.url, center.id, 'maas', 'rejected')
      // The broker gives it up; it stays rejected, with one call.
      await waitFor('the rejected delivery given up by the broker', () => rowOf(center, 'maas'), {
        until: (row) => row?.parkedAt !== undefined,
      })
      expect(await rowOf(center, 'maas')).toMatchObject({
        state: 'rejected',
        attempts: 1,
        lastFailure: { kind: 'rejected' },
      })
      system.simulator.setDials('maas', {})
      const corrected = { ...registration, name: `${registration.name} Novo` }
      expect((await system.client.put(system.url, corrected, 1)).status).toBe(200)
      await waitFor(
        'version 2 delivered to maas',
        async () => (await rowOf(center, 'maas'))?.deliveredVersion,
        { until: (version) => version === 2 },
      )
    }, 300_000)

    test('row 12: 500, 502, 503, 504, 408 and 425 pass by', async () => {
      for (const status of [500, 502, 503, 504, 408, 425]) {
        system.simulator.setDials('senninha', { mode: 'status', status, times: 1 })
        const center = await register()
        await delivered(center)
        const [first] = (await rowOf(center, 'senninha'))?.history ?? []
        expect([status, first]).toMatchObject([status, { result: 'transient', cause: `http-${status}` }])
      }
    }, 300_000)

    test('row 13: 429 with a Retry-After in seconds, negative or absurd is waited for, within bounds', async () => {
      for (const retryAfter of ['1', '-5', '999999999', 'soon']) {
        system.simulator.setDials('maas', { mode: 'status', status: 429, retryAfter, times: 1 })
        const center = await register()
        await delivered(center)
        const [first, ...more] = (await rowOf(center, 'maas'))?.history ?? []
        expect(first).toMatchObject({ result: 'transient', cause: 'http-429' })
        // No busy loop: one call was refused, one succeeded.
        expect(more).toHaveLength(1)
      }
    }, 300_000)

    test('rows 14, 15 and 21: a 4xx without proof, a refused token and a redirect reject nothing, and recover alone', async () => {
      system.simulator.setDials('dmitri', { mode: 'status', status: 401 })
      system.simulator.setDials('maas', { mode: 'redirect' })
      system.simulator.setDials('senninha', { mode: 'status', status: 410 })
      const center = await register()
      await waitFor(
        'every system misconfigured',
        async () =>
          Object.values(await deliveriesOf(system.url, center.id)).map(
            ({ lastFailure }) => lastFailure?.kind,
          ),
        { until: (kinds) => kinds.every((kind) => kind === 'misconfigured') },
      )
      expect((await rowOf(center, 'dmitri'))?.lastFailure?.cause).toBe('http-401')
      expect(system.simulator.summaryOf('maas').redirectsFollowed).toBe(0)
      for (const name of SYSTEMS) system.simulator.setDials(name, {})
      await delivered(center)
    }, 300_000)

    test('row 16: a success whose body is HTML, empty, half or huge is in doubt, not delivered', async () => {
      for (const mode of ['garbage', 'empty', 'huge', 'half-body'] as const) {
        system.simulator.setDials('senninha', { mode, times: 1 })
        const center = await register()
        await delivered(center)
        expect([mode, (await rowOf(center, 'senninha'))?.history[0]?.result]).toEqual([mode, 'unknown'])
        expect(effectsOf('senninha', center)).toHaveLength(1)
      }
    }, 300_000)

    test('row 19: an effect whose answer was cut off is found again, not repeated', async () => {
      system.simulator.setDials('senninha', { mode: 'accept-then-reset', times: 1, honorKeys: false })
      const center = await register()
      await delivered(center)
      expect(effectsOf('senninha', center)).toHaveLength(1)
      expect((await rowOf(center, 'senninha'))?.history[0]).toMatchObject({ result: 'unknown' })
    })

    test('rows 18 and 22: a system that hangs keeps nobody waiting but itself, and its call ends in doubt', async () => {
      system.simulator.setDials('maas', { mode: 'hang', times: 1 })
      const hanging = await register()
      await untilDeliveredTo(system.url, ['senninha', 'dmitri'], [hanging.id])
      const other = await register()
      await delivered(other)
      expect((await rowOf(hanging, 'maas'))?.state).toBe('delivering')
      await untilState(system.url, hanging.id, 'maas', 'delivered')
      expect((await rowOf(hanging, 'maas'))?.history[0]).toMatchObject({
        result: 'unknown',
        cause: 'timeout',
      })
    }, 300_000)

    // Two clients register all the while. A request that was cut off, or answered 503, is sent again: that is safe.
    const underLoad = async (work: (accepted: readonly DistributionCenter[]) => Promise<void>) => {
      const accepted: DistributionCenter[] = []
      const statuses = new Set<number>()
      const ending = new AbortController()
      const load = async () => {
        while (!ending.signal.aborted) {
          const registration = newRegistration()
          const post = async () => {
            const answer = await system.client.post(system.url, registration)
            statuses.add(answer.status)
            if (answer.ok) accepted.push(Center.parse(await answer.json()))
            return answer.status
          }
          await waitFor('a registration accepted under load', post, { until: (status) => status < 300 })
          await sleep(100)
        }
      }
      const workers = [load(), load()]
      await work(accepted)
      ending.abort()
      await Promise.all(workers)
      await delivered(...accepted)
      return { statuses }
    }

    test('kill -9 of each process in turn, under load: everything answered 2xx arrives, each once', async () => {
      await underLoad(async (accepted) => {
        for (const process of system.processes) {
          const before = accepted.length
          await system.crash(process)
          await waitFor('4 more registrations accepted', () => accepted.length - before, {
            until: (more) => more >= 4,
          })
        }
      })
    }, 300_000)

    test('row 31: SIGTERM to each process in turn, under load: each ends in order, and callers see nothing but a 503', async () => {
      const codes: (number | null)[] = []
      const { statuses } = await underLoad(async (accepted) => {
        for (const process of system.processes) {
          const before = accepted.length
          codes.push(await system.restart(process))
          await waitFor('4 more registrations accepted', () => accepted.length - before, {
            until: (more) => more >= 4,
          })
        }
      })
      // 1 is an end that took longer than 9 s, or failed.
      expect(codes).toEqual(system.processes.map(() => 0))
      expect([...statuses].filter((status) => status !== 503 && status >= 400)).toEqual([])
    }, 300_000)
  })
}
