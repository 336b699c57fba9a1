import {
  createDeliver,
  createPark,
  createPublish,
  createRateBudgets,
  createRecover,
  createRegister,
  createSweep,
  createSweepEvents,
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
import { eventually } from '../support/system.ts'

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
  const { ledger, states } = store
  const createFor = (own: IntegrationSettings) =>
    createDeliver({
      settings: own,
      ledger,
      clock,
      ids,
      isPaused: async () => (await states.read(own.name))?.paused !== undefined,
      call: async (_, { idempotencyKey }) => {
        if (down.has(own.name)) return { kind: 'transient', cause: 'http-503', message: 'down' }
        calls.push(idempotencyKey)
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
  const publish = createPublish({ publisher, clock })
  const register = createRegister({ centers: store.centers, publish, clock, ids })
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

// A sweep as of `aheadMs` from now: nobody waits ten seconds for the first look at an event.
const sweepOnce = (aheadMs = 0) => {
  const { centers, outbox, ledger, states } = store
  const ahead = { ...clock, now: () => clock.now() + aheadMs }
  const { publisher } = cloud
  const sweep = createSweep({
    integrations: settings,
    states,
    ledger,
    clock: ahead,
    sweepEvents: createSweepEvents({ outbox, ledger, publisher, clock: ahead, integrations: settings }),
    recover: createRecover({
      centers,
      ledger,
      clock,
      ids,
      budgets: createRateBudgets(clock),
      handOver: (name, event, by) => deliverOf(name)(event, by, AbortSignal.timeout(30_000)),
    }),
  })
  return sweep(2_000)
}

const statesOf = async (centerIds: readonly string[]): Promise<string[]> => {
  const rows = await Promise.all(centerIds.map((centerId) => store.ledger.ofCenter(centerId)))
  return rows.flat().map(({ integration, state }) => `${integration} ${state}`)
}

const keysOf = (centerIds: readonly string[]) =>
  centerIds.flatMap((centerId) => INTEGRATIONS.map((name) => `${centerId}:1:${name}`)).toSorted()

const areDelivered = async (centerIds: readonly string[]) => {
  const states = await statesOf(centerIds)
  return states.length === 3 * centerIds.length && states.every((state) => state.endsWith(' delivered'))
}

test('what is registered is delivered once everywhere, and its events are closed', async () => {
  const centerIds = await registerWith(cloud.publisher, 20)
  await eventually(() => areDelivered(centerIds))
  const { closed, published } = await sweepOnce(60_000)
  expect({ closed, published }).toEqual({ closed: 20, published: 0 })
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

test('what was not published is published by the sweep', async () => {
  const away: Publisher = { publish: () => Promise.reject(new Error('away')) }
  const centerIds = await registerWith(away, 5)
  expect(await statesOf(centerIds)).toEqual([])
  expect(await sweepOnce(60_000)).toMatchObject({ published: 5, closed: 0 })
  await eventually(() => areDelivered(centerIds))
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

// The broker's own way to a dead letter is in publisher.int.test.ts: after some nacks the emulator may pause for a minute.
test('what is parked comes back with the system, a little at a time', async () => {
  down.add('maas')
  const centerIds = await registerWith(cloud.publisher, 6)
  const park = createPark({ ledger: store.ledger, clock, ids })
  await eventually(async () => {
    const parked = await Promise.all(centerIds.map((centerId) => park({ integration: 'maas', centerId }, 1)))
    const states = await statesOf(centerIds)
    return parked.every(Boolean) && states.filter((state) => state === 'maas parked').length === 6
  })
  down.clear()
  await eventually(async () => {
    await sweepOnce()
    return areDelivered(centerIds)
  })
  expect(calls.toSorted()).toEqual(keysOf(centerIds))
})

// Each sweep here knows as little of the others as one of another process.
test('row 6: sweeps of several processes at once bring everything back, each delivery by one call', async () => {
  down.add('maas')
  const parked = await registerWith(cloud.publisher, 6)
  const park = createPark({ ledger: store.ledger, clock, ids })
  await eventually(async () => {
    const done = await Promise.all(parked.map((centerId) => park({ integration: 'maas', centerId }, 1)))
    return done.every(Boolean)
  })
  const away: Publisher = { publish: () => Promise.reject(new Error('away')) }
  const unpublished = await registerWith(away, 6, 100)
  down.clear()
  const all = [...parked, ...unpublished]
  await eventually(async () => {
    await Promise.all([sweepOnce(60_000), sweepOnce(60_000), sweepOnce(60_000)])
    return areDelivered(all)
  })
  expect(calls.toSorted()).toEqual(keysOf(all))
})
