import { composeIntake } from '@mensageria/core'
import { createSystemClock, createSystemIds } from '@mensageria/runtime'
import { deliveryRowOf, dueAt, writeOf } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { needs } from '@mensageria/testkit/needs'
import { newProjectId, openWatchedStore, type WatchedStore } from '../support/cloud.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators')

let proxy: TcpProxy
let store: WatchedStore
beforeEach(async () => {
  const { firestore } = await useEmulators()
  proxy = await startTcpProxy(firestore)
  process.env['FIRESTORE_EMULATOR_HOST'] = proxy.host
  store = await openWatchedStore(newProjectId())
})
afterEach(async () => {
  await store.close()
  await proxy.close()
})

const clock = createSystemClock()
const ids = createSystemIds()
const LATE = /No answer within 5 s|DEADLINE_EXCEEDED/

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const asked = (): Record<string, Promise<unknown>> => ({
  create: store.ledger.create(deliveryRowOf('a')),
  read: store.ledger.read({ integration: 'maas', centerId: 'a' }),
  commit: store.centers.create(writeOf(1)),
  query: store.ledger.due('maas', dueAt(Date.now()), 10),
})

test('a store that is silent is given up in time, and works again when it answers', async () => {
  proxy.freeze()
  const seconds = await secondsOf(async () => {
    for (const result of await Promise.allSettled(Object.values(asked()))) {
      expect(result.status === 'rejected' ? String(result.reason) : 'answered').toMatch(LATE)
    }
  })
  expect(seconds).toBeGreaterThan(4)
  expect(seconds).toBeLessThan(15)
  proxy.thaw()
  const write = writeOf(2)
  expect(await store.centers.create(write)).toEqual({ committed: true, published: false })
  expect((await store.centers.read(write.stored.center.id))?.requestId).toBe(write.stored.requestId)
})

test('a registration whose answer was lost is kept, and found by its next request', async () => {
  const publisher = { publish: async () => {} }
  const { register } = composeIntake(store, { publisher, clock, ids })
  const request = { caller: 'caller', idempotencyKey: 'key', traceparent: ids.traceparent() }
  proxy.freezeAnswers()
  await expect(register(sampleRegistration(1), request)).rejects.toThrow(LATE)
  proxy.thaw()
  const again = await register(sampleRegistration(1), request)
  expect(again).toMatchObject({ kind: 'replayed', status: 201, center: { version: 1 } })
  const open = await store.outbox.due(dueAt(Date.now() + 60_000), 10)
  expect(open.map(({ centerId }) => centerId)).toEqual(again.kind === 'replayed' ? [again.center.id] : [])
})

test('what was given up is not tried again behind our back', async () => {
  await proxy.close()
  await Promise.allSettled(Object.values(asked()))
  // The client waits for its open requests here: it would repeat a commit for ten minutes.
  expect(await secondsOf(() => store.close())).toBeLessThan(20)
})
