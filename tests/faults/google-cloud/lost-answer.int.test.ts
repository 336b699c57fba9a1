import { centerIdOf, toEvent } from '@mensageria/contracts'
import { composeDeliverer, composeIntake, type CenterStore, type IntegrationSettings } from '@mensageria/core'
import { createSystemClock, createSystemIds } from '@mensageria/runtime'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { newProjectId, openWatchedStore, type WatchedStore } from '../../support/cloud.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators')

let proxy: TcpProxy
let store: WatchedStore
/** The same database, by a way that nothing happens to. */
let seen: WatchedStore
beforeEach(async () => {
  const { firestore } = await useEmulators()
  const projectId = newProjectId()
  seen = await openWatchedStore(projectId)
  proxy = await startTcpProxy(firestore)
  process.env['FIRESTORE_EMULATOR_HOST'] = proxy.host
  store = await openWatchedStore(projectId)
})
afterEach(async () => {
  await Promise.all([store.close(), seen.close()])
  await proxy.close()
})

const clock = createSystemClock()
const ids = createSystemIds()
const publisher = { publish: async () => undefined }
const base = { publisher, clock, ids }
const registration = sampleRegistration(1)
const id = centerIdOf(registration.taxId)
const request = { caller: 'caller', idempotencyKey: 'key', traceparent: ids.traceparent() }

// The commit arrives, its answer is lost with the connection (UNAVAILABLE), and the client library commits again.
const loseAnswer = async <T>(work: () => Promise<T>, isCommitted: () => Promise<boolean>): Promise<T> => {
  proxy.freezeAnswers()
  const done = work()
  done.catch(() => undefined)
  await waitFor('the write committed', isCommitted)
  proxy.reset()
  proxy.thaw()
  return done
}
const versionIs = async (version: number) => (await seen.centers.read(id))?.center.version === version

test('row 5: a registration that was committed although its answer was lost is a 201, no conflict with itself', async () => {
  const { register } = composeIntake(store, base)
  const result = await loseAnswer(
    () => register(registration, request),
    () => versionIs(1),
  )
  expect(result).toMatchObject({ kind: 'created', center: { id, version: 1 } })
  expect(await seen.centers.readIdempotency('caller', 'key')).toMatchObject({ status: 201, center: { id } })
})

test('row 5: an update that was committed although its answer was lost is updated, and not overtaken by itself', async () => {
  const { register } = composeIntake(seen, base)
  await register(registration, request)
  // The answer to its read arrives.
  const commits: boolean[] = []
  const centers: CenterStore = {
    ...store.centers,
    update: async (write) => {
      const result = await loseAnswer(
        () => store.centers.update(write),
        () => versionIs(2),
      )
      commits.push(result.committed)
      return result
    },
  }
  const { update } = composeIntake({ centers }, base)
  const changed = { ...registration, name: 'CD Novo' }
  const expected = { any: false, tag: '1' } as const
  const result = await update(changed, { ...request, centerId: id, expected })
  // What the client library was told about its second commit.
  expect(commits).toEqual([false])
  expect(result).toMatchObject({ kind: 'updated', center: { version: 2, name: 'CD Novo' } })
})

test.each(['claim', 'settle'])(
  'row 5: a %s whose answer was lost is our own: one call, delivered',
  async (step) => {
    const settings: IntegrationSettings = {
      name: 'maas',
      retry: { minBackoffMs: 1_000, maxBackoffMs: 1_000, attemptsMax: 5 },
      recovery: { minIntervalMs: 100, maxIntervalMs: 500, windowMax: 16, ratePerSecond: 200 },
      concurrencyMax: 32,
    }
    const called = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    let calls = 0
    const deliver = composeDeliverer(
      { ledger: store.ledger, states: seen.states },
      {
        settings,
        clock,
        ids,
        onAttempt: () => undefined,
        call: async () => {
          calls += 1
          called.resolve()
          await answered.promise
          return { kind: 'delivered' }
        },
      },
    )
    const at = new Date().toISOString()
    const event = toEvent({ ...registration, id, version: 1, createdAt: at, updatedAt: at }, undefined)
    const stateIs = async (state: string) =>
      (await seen.ledger.read({ integration: 'maas', centerId: id }))?.row.state === state
    // Whether it is paused is known for 5 s: the claim is the first request.
    await store.states.read('maas')
    const begin = () => deliver(event, { kind: 'push' }, new AbortController().signal)
    if (step === 'claim') {
      answered.resolve()
      expect(await loseAnswer(begin, () => stateIs('delivering'))).toEqual({ ack: true, result: 'delivered' })
    } else {
      const done = begin()
      await called.promise
      const settle = () => {
        answered.resolve()
        return done
      }
      expect(await loseAnswer(settle, () => stateIs('delivered'))).toEqual({ ack: true, result: 'delivered' })
    }
    expect(calls).toBe(1)
    expect(await stateIs('delivered')).toBe(true)
  },
)
