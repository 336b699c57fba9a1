import { startGcloudEmulator, useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { z } from 'zod'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered } from '../../support/until.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators', 'gcloud')

let system: CloudSystem
let broker: Awaited<ReturnType<typeof startGcloudEmulator>>
let proxy: TcpProxy
let last = 0
beforeAll(async () => {
  const { firestore } = await useEmulators()
  broker = await startGcloudEmulator('pubsub')
  process.env['PUBSUB_EMULATOR_HOST'] = broker.host
  proxy = await startTcpProxy(broker.host)
  system = await openCloudSystem({ firestore, pubsub: proxy.host })
}, 120_000)
afterAll(async () => {
  await system.close()
  await proxy.close()
  await broker.stop()
})
afterEach(() => expectPromisesKept(system, system.url), 60_000)

const Accepted = z.object({ id: z.string(), publication: z.enum(['published', 'pending']) })

const register = async () => {
  const start = performance.now()
  const answer = await system.client.post(system.url, sampleRegistration((last += 1)))
  const seconds = (performance.now() - start) / 1000
  return { status: answer.status, seconds, ...Accepted.parse(await answer.json()) }
}

const sweptEvents = (): number =>
  system.lines('sweeper').filter((line) => /"published":[1-9]/.test(line)).length

test.each<[string, () => void, () => void]>([
  ['frozen', () => broker.signal('SIGSTOP'), () => broker.signal('SIGCONT')],
  ['that resets every connection', () => proxy.reset(), () => proxy.thaw()],
  ['too slow', () => proxy.slow(2_500), () => proxy.thaw()],
])(
  'row 27: a broker %s: accepted as pending in under 3 s, and delivered once it is back, without a restart',
  async (what, harm, heal) => {
    // It knows the way there: a connection that was open is harder to lose than one that never was.
    expect(await register()).toMatchObject({ status: 201, publication: 'published' })
    const sweptBefore = sweptEvents()
    harm()
    try {
      const [first, second] = await Promise.all([register(), register()])
      for (const accepted of [first, second]) {
        expect(accepted).toMatchObject({ status: 201, publication: 'pending' })
        expect(accepted.seconds).toBeLessThan(3)
      }
      heal()
      await untilDelivered(system.url, [first.id, second.id], { timeoutMs: 60_000 })
      for (const name of SYSTEMS) {
        const effects = system.simulator.effects(name).map(({ centerId }) => centerId)
        expect(effects.filter((id) => id === first.id || id === second.id)).toHaveLength(2)
      }
    } finally {
      heal()
    }
    // Nothing of a reset connection has arrived: it was the sweeper who published.
    if (what.includes('resets'))
      await waitFor('an event handed over by the sweeper', () => sweptEvents() > sweptBefore)
    expect(await register()).toMatchObject({ status: 201, publication: 'published' })
    expect(system.running()).toEqual(system.cloud.services)
  },
  90_000,
)

test('row 26: a subscription that is gone: the sweeper hands over what its integration lacks, and the others notice nothing', async () => {
  const { projectId, client, url } = system
  const subscription = `http://${broker.host}/v1/projects/${projectId}/subscriptions/dmitri`
  expect((await fetch(subscription, { method: 'DELETE' })).status).toBe(200)
  const { id } = await client.register(url, sampleRegistration((last += 1)))
  await untilDelivered(url, [id], { timeoutMs: 90_000 })
  const rows = await deliveriesOf(url, id)
  const by = SYSTEMS.map((name) => rows[name]?.history.at(-1)?.trigger)
  expect(by[SYSTEMS.indexOf('dmitri')]).toBe('reconcile')
  expect(system.simulator.effects('dmitri').filter(({ centerId }) => centerId === id)).toHaveLength(1)

  // Created again, it is pushed to as before.
  await system.createTopology()
  expect(await register()).toMatchObject({ status: 201, publication: 'published' })
}, 150_000)
