import {
  composeDeliverer,
  composeIntake,
  composePark,
  composeSweeper,
  type Deliver,
  type IntegrationSettings,
  type Publisher,
} from '@mensageria/core'
import { openGoogleCloudPublisher, type GoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { createTopology } from '@mensageria/google-cloud/topology'
import { createSystemClock, createSystemIds } from '@mensageria/runtime'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { needs } from '@mensageria/testkit/needs'
import { INTEGRATIONS, newProjectId, openWatchedStore, type WatchedStore } from '../support/cloud.ts'
import { startPushServer, type PushServer } from '../support/push-server.ts'
import { waitFor } from '@mensageria/testkit/wait-for'

const { test } = needs('emulators')

const clock = createSystemClock()
const ids = createSystemIds()

const settings: IntegrationSettings[] = INTEGRATIONS.map((name) => ({
  name,
  retry: { minBackoffMs: 1_000, maxBackoffMs: 1_000, attemptsMax: 5 },
  recovery: { minIntervalMs: 100, maxIntervalMs: 500, windowMax: 16, ratePerSecond: 200 },
  concurrencyMax: 32,
}))

let store: WatchedStore
let cloud: GoogleCloudPublisher
let server: PushServer
let down: Set<string>
let calls: string[]
let delivers: Map<string, Deliver>

const deliverOf = (integration: string): Deliver => {
  const deliver = delivers.get(integration)
  if (!deliver) throw new Error(`Nobody delivers to ${integration}`)
  return deliver
}

beforeEach(async () => {
  await useEmulators()
  const projectId = newProjectId()
  store = await openWatchedStore(projectId)
  cloud = openGoogleCloudPublisher({ projectId })
  down = new Set()
  calls = []
  const createFor = (own: IntegrationSettings) =>
    composeDeliverer(store, {
      settings: own,
      clock,
      ids,
      onAttempt: () => {},
      call: async (_, { idempotencyKey }) => {
        if (down.has(own.name)) return { kind: 'transient', cause: 'http-503', message: 'down' }
        // Without the digest of the data.
        calls.push(idempotencyKey.replace(/:[0-9a-f]{12}$/, ''))
        return { kind: 'delivered' }
      },
    })
  delivers = new Map(settings.map((own) => [own.name, createFor(own)]))
  server = await startPushServer(async ({ subscription, event }) => {
    const { ack } = await deliverOf(subscription)(event, { kind: 'push' }, AbortSignal.timeout(30_000))
    return ack
  })
  await createTopology({ projectId, integrations: settings, pushEndpointOf: server.urlOf })
})
afterEach(async () => {
  await server.close()
  await cloud.close()
  await store.close()
})

const registerWith = async (publisher: Publisher, count: number, from = 1): Promise<string[]> => {
  const { register } = composeIntake(store, { publisher, clock, ids })
  const numbers = Array.from({ length: count }, (_, n) => from + n)
  return Promise.all(
    numbers.map(async (n) => {
      const request = { caller: 'caller', traceparent: ids.traceparent() }
      const result = await register(sampleRegistration(n), request)
      if (result.kind !== 'created') throw new Error(result.kind)
      return result.center.id
    }),
  )
}

// A sweep as of `aheadMs` from now: nobody waits ten seconds for the first check of an event. Each is composed anew, so it
// knows as little of the others as one of another process.
const sweepOnce = (aheadMs = 0, budgetMs = 2_000) => {
  const sweep = composeSweeper(store, {
    integrations: settings,
    publisher: cloud.publisher,
    handOver: (name, event, trigger) => deliverOf(name)(event, trigger, AbortSignal.timeout(30_000)),
    maintenance: { intervalMs: 60_000, settleMs: 600_000, retireAfterMs: 600_000 },
    observe: () => {},
    clock: { ...clock, now: () => clock.now() + aheadMs },
    ids,
  })
  return sweep(budgetMs)
}

const statesOf = async (centerIds: readonly string[]): Promise<string[]> => {
  const rows = await Promise.all(centerIds.map((centerId) => store.ledger.ofCenter(centerId)))
  return rows.flat().map(({ integration, state }) => `${integration} ${state}`)
}

const keysOf = (centerIds: readonly string[]) =>
  centerIds.flatMap((centerId) => INTEGRATIONS.map((name) => `${centerId}:1:${name}`)).toSorted()

const areDelivered = async (centerIds: readonly string[]) => {
  const states = await statesOf(centerIds)
  return (
    states.length === INTEGRATIONS.length * centerIds.length &&
    states.every((state) => state.endsWith(' delivered'))
  )
}

test('what is registered is delivered once everywhere, and its events are closed', async () => {
  const centerIds = await registerWith(cloud.publisher, 20)
  await waitFor('every center delivered', () => areDelivered(centerIds))
  const { closed, published } = await sweepOnce(60_000, 20_000)
  expect({ closed, published }).toEqual({ closed: 20, published: 0 })
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

test('what was not published is published by the sweep', async () => {
  const away: Publisher = { publish: () => Promise.reject(new Error('away')) }
  const centerIds = await registerWith(away, 5)
  expect(await statesOf(centerIds)).toEqual([])
  expect(await sweepOnce(60_000, 20_000)).toMatchObject({ published: 5, closed: 0 })
  await waitFor('every center delivered', () => areDelivered(centerIds))
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

// The broker's own way to a dead letter is in publisher.int.test.ts: after some nacks the emulator may pause for a minute.
test('what is parked comes back with the system, a little at a time', async () => {
  down.add('maas')
  const centerIds = await registerWith(cloud.publisher, 6)
  const park = composePark(store, { clock, ids })
  await waitFor('every delivery to maas parked', async () => {
    const parked = await Promise.all(centerIds.map((centerId) => park({ integration: 'maas', centerId }, 1)))
    const states = await statesOf(centerIds)
    return parked.every(Boolean) && states.filter((state) => state === 'maas parked').length === 6
  })
  down.clear()
  await waitFor('the sweeps to deliver everything', async () => {
    await sweepOnce()
    return areDelivered(centerIds)
  })
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

test('row 6: sweeps of several processes at once bring everything back, each delivery by one call', async () => {
  down.add('maas')
  const parked = await registerWith(cloud.publisher, 6)
  const park = composePark(store, { clock, ids })
  await waitFor('every dead letter parked', async () => {
    const done = await Promise.all(parked.map((centerId) => park({ integration: 'maas', centerId }, 1)))
    return done.every(Boolean)
  })
  const away: Publisher = { publish: () => Promise.reject(new Error('away')) }
  const unpublished = await registerWith(away, 6, 100)
  down.clear()
  const all = [...parked, ...unpublished]
  await waitFor('three sweeps at once to deliver everything', async () => {
    await Promise.all([sweepOnce(60_000), sweepOnce(60_000), sweepOnce(60_000)])
    return areDelivered(all)
  })
  expect(calls.toSorted()).toEqual(keysOf(all))
})
