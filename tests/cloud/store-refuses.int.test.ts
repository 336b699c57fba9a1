import { composeDeliverer, composeIntake, type IntegrationSettings } from '@mensageria/core'
import { createSystemClock, createSystemIds } from '@mensageria/runtime'
import { writeOf } from '@mensageria/testkit'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { newProjectId, openWatchedStore } from '../support/cloud.ts'
import { startRefusingGrpc } from '../support/refusing-grpc.ts'

const clock = createSystemClock()
const ids = createSystemIds()

const SETTINGS: IntegrationSettings = {
  name: 'maas',
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: { minIntervalMs: 60_000, maxIntervalMs: 600_000, windowMax: 100, ratePerSecond: 200 },
  concurrencyMax: 32,
}

const open = async (status: number, message: string) => {
  const server = await startRefusingGrpc(status, message)
  process.env['FIRESTORE_EMULATOR_HOST'] = server.host
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  const store = await openWatchedStore(newProjectId())
  return {
    ...store,
    asked: server.calls,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await server.close()
    },
  }
}

// gRPC's numbers. The client repeats both by itself, within the deadline of the operation.
test.each([
  ['RESOURCE_EXHAUSTED', 8],
  ['ABORTED', 10],
])(
  'row 29: a store that answers %s: nothing is accepted or published, and no downstream is called',
  async (name, status) => {
    await using store = await open(status, name)
    let published = 0
    let calls = 0
    const publish = async () => {
      published += 1
    }
    const { register } = composeIntake(store, { publisher: { publish }, clock, ids })
    // The state of the integration was read before: a claim is what comes first.
    const states = { ...store.states, read: async () => undefined }
    const deliver = composeDeliverer(
      { ledger: store.ledger, states },
      {
        settings: SETTINGS,
        clock,
        ids,
        onAttempt: () => {},
        call: async () => {
          calls += 1
          return { kind: 'delivered' }
        },
      },
    )
    const request = { caller: 'caller', traceparent: ids.traceparent() }
    const ended = await Promise.allSettled([
      register(sampleRegistration(1), request),
      // A throw is a nack; without a claim there is no call.
      deliver(writeOf(1).event, { kind: 'push' }, AbortSignal.timeout(30_000)),
    ])
    for (const one of ended)
      expect(one.status === 'rejected' ? String(one.reason) : 'answered').toMatch(
        new RegExp(`No answer within 5 s|${status} ${name}`),
      )
    expect([published, calls]).toEqual([0, 0])
    expect(store.asked().filter((method) => method === 'Commit').length).toBeGreaterThanOrEqual(2)
  },
)
