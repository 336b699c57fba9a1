import { DistributionCenter as Center, type DistributionCenter } from '@mensageria/contracts'
import type { DownstreamEffect } from '@mensageria/testkit'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import {
  openKafkaDestination,
  openRabbitmqDestination,
  openSnsDestination,
  type TestDestination,
} from '../support/destinations.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'

/** A running system whose list has the destinations alone. */
export type DestinationsSystem = Pick<TestSystem, 'simulator' | 'client'> & {
  url: string
  /** Brings the messages of these centers to a destination, and its dead letters, where the broker takes minutes for it. */
  giveUp(destination: string, centers: readonly DistributionCenter[]): Promise<void>
  close(): Promise<void>
}

/** Starts a system with this list, and this in its environment besides. */
export type OpenDestinationsSystem = (
  list: Readonly<Record<string, object>>,
  env: Readonly<Record<string, string>>,
) => Promise<DestinationsSystem>

// A consumer that goes by the key: what comes again has no effect.
const effectsAt = async (destination: TestDestination): Promise<DownstreamEffect[]> => {
  const keys = new Set<string>()
  return (await destination.read()).flatMap((message) => {
    if (keys.has(message.idempotencyKey)) return []
    keys.add(message.idempotencyKey)
    return [{ system: destination.name, ...message }]
  })
}

const versionsAt = async (destination: TestDestination, { id }: DistributionCenter) =>
  (await effectsAt(destination)).flatMap(({ centerId, version }) => (centerId === id ? [version] : []))

/**
 * RabbitMQ, Kafka and SNS are away at once for longer than all retries, told to each engine alike: every center arrives by
 * itself, each version with one effect, none after a newer one.
 */
export const describeDestinationsAway = (engine: string, open: OpenDestinationsSystem): void => {
  describe(`brokers that are away, on ${engine}`, () => {
    let destinations: readonly TestDestination[] = []
    let system: DestinationsSystem
    let last = 0
    beforeAll(async () => {
      destinations = await Promise.all([
        openRabbitmqDestination(),
        openKafkaDestination(),
        openSnsDestination(),
      ])
      const rows = destinations.map(({ name, row }): [string, object] => [name, row])
      const env = destinations.flatMap((destination) => Object.entries(destination.env))
      system = await open(Object.fromEntries(rows), Object.fromEntries(env))
    }, 240_000)
    afterAll(async () => {
      await system?.close()
      await Promise.all(destinations.map((destination) => destination.close()))
    })

    const register = () => system.client.register(system.url, sampleRegistration((last += 1)))
    const change = async ({
      id: _id,
      createdAt: _at,
      updatedAt: _to,
      version,
      ...registration
    }: DistributionCenter) => {
      const renamed = { ...registration, name: `${registration.name} Novo` }
      const answer = await system.client.put(system.url, renamed, version)
      expect(answer.status).toBe(200)
      return Center.parse(await answer.json())
    }
    const rowsOf = async (centers: readonly DistributionCenter[]) =>
      (await Promise.all(centers.map(({ id }) => deliveriesOf(system.url, id)))).flatMap((rows) =>
        destinations.map(({ name }) => rows[name]),
      )
    type Row = Awaited<ReturnType<typeof rowsOf>>[number]
    const untilRows = (
      condition: string,
      centers: readonly DistributionCenter[],
      is: (row: Row) => boolean,
    ) => waitFor(condition, () => rowsOf(centers), { until: (rows) => rows.every(is) })
    const proxies = (become: (proxy: TestDestination['proxy']) => void) => {
      for (const { proxy } of destinations) become(proxy)
    }
    const versionsOf = (center: DistributionCenter) =>
      Promise.all(destinations.map((destination) => versionsAt(destination, center)))
    const atEach = (...versions: number[]) => destinations.map(() => versions)

    test('every center comes by itself, each version once and none after a newer one', async () => {
      const known = await register()
      await untilDelivered(system.url, [known.id])

      // The message arrives and its confirmation does not; then the broker is gone.
      proxies((proxy) => proxy.freezeAnswers())
      const doubted = await register()
      await waitFor('the message whose confirmation is lost', () => versionsOf(doubted), {
        until: (versions) => versions.every(([version]) => version === 1),
      })
      proxies((proxy) => proxy.refuse())
      await untilRows('a call in doubt at each', [doubted], (row) => row?.history[0]?.result === 'unknown')

      const changed = await register()
      await untilRows('a failure of version 1 at each', [changed], (row) => row?.lastFailure !== undefined)
      const centers = [
        doubted,
        await change(known),
        await change(changed),
        await register(),
        await register(),
      ]
      for (const { name } of destinations) await system.giveUp(name, centers)
      await untilRows('every delivery given up by its broker', centers, (row) => row?.parkedAt !== undefined)
      for (const { kind } of (await rowsOf(centers)).map((row) => row?.lastFailure ?? { kind: 'none' }))
        expect(kind).toBe('transient')

      proxies((proxy) => proxy.thaw())
      await untilDelivered(
        system.url,
        centers.map(({ id }) => id),
      )
      expect(await versionsOf(known)).toEqual(atEach(1, 2))
      expect(await versionsOf(doubted)).toEqual(atEach(1))
      expect(await versionsOf(changed)).toEqual(atEach(2))
      const effects = (await Promise.all(destinations.map(effectsAt))).flat()
      const integrations = destinations.map(({ name }) => name)
      await expectPromisesKept(system, system.url, { integrations, effects: () => effects })
    }, 240_000)
  })
}
