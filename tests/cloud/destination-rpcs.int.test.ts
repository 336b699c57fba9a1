import { composeDeliverer } from '@mensageria/core'
import { bindDestination } from '@mensageria/destinations'
import { createLogger, createSystemClock, createSystemIds } from '@mensageria/runtime'
import { writeOf } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { countsOf, newProjectId, openWatchedStore, type WatchedStore } from '../support/cloud.ts'
import { startCountingGrpc, type CountingGrpc } from '../support/counting-grpc.ts'

const { test } = needs('emulators')

const TOPIC = 'projects/other-project/topics/centers'

let store: WatchedStore
let pubsub: CountingGrpc
beforeAll(async () => {
  const { pubsub: host } = await useEmulators()
  expect((await fetch(`http://${host}/v1/${TOPIC}`, { method: 'PUT' })).ok).toBe(true)
  pubsub = await startCountingGrpc(host)
  store = await openWatchedStore(newProjectId(), [{ name: 'reports' }])
})
afterAll(async () => {
  await store.close()
  await pubsub.close()
})

test('a delivery to a destination is two commits, no read, and one request to the other side', async () => {
  const clock = createSystemClock()
  const ids = createSystemIds()
  const reports = await bindDestination(
    'reports',
    { kind: 'pubsub', target: { topic: TOPIC, ordering: false } },
    {
      connectionsMax: 1,
      env: { PUBSUB_EMULATOR_HOST: pubsub.host },
      logger: createLogger({ level: 'silent', service: 'reports' }),
    },
  )
  const deliver = composeDeliverer(store, {
    settings: {
      name: 'reports',
      retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
      recovery: { minIntervalMs: 60_000, maxIntervalMs: 600_000, windowMax: 100, ratePerSecond: 200 },
      concurrencyMax: 32,
    },
    clock,
    ids,
    onAttempt: () => {},
    call: (event, context) => reports.call(event, context),
  })
  // The state of the integration is read once in 5 s, whatever the number of deliveries.
  await store.states.read('reports')
  const rpcs = await store.during(async () => {
    for (const n of [1, 2, 3])
      expect(await deliver(writeOf(n).event, { kind: 'push' }, AbortSignal.timeout(30_000))).toEqual({
        ack: true,
        result: 'delivered',
      })
  })
  await reports.close?.()
  expect(countsOf(rpcs)).toEqual({ Commit: 6 })
  expect(pubsub.calls()).toEqual(['Publish', 'Publish', 'Publish'])
})
