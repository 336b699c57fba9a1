import { DEAD_LETTER_TOPIC, type DistributionCenter } from '@mensageria/contracts'
import { startGcloudEmulator, useEmulators } from '@mensageria/testkit/emulators'
import { freePort } from '@mensageria/testkit/free-port'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, runs, type CloudSystem } from '../../support/cloud-system.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered, untilState } from '../../support/until.ts'

const { test } = needs('emulators', 'gcloud')

// Rows 7, 8 and 28 wait for the end of a lease of 75 s. So the faults are made first, and they wait side by side.
const PATIENCE_MS = 150_000
const CRASHING = 'tests/faults/google-cloud/senninha.crash.entry.ts'

let system: CloudSystem
let broker: Awaited<ReturnType<typeof startGcloudEmulator>>
let killed: Record<'claimed' | 'called' | 'settled', DistributionCenter>
let forgotten: Record<'delivered' | 'retrying' | 'unheard', DistributionCenter>
let frozen: Record<'claimed' | 'called', { center: DistributionCenter; pid: number }>
let last = 0

const register = () => system.client.register(system.url, sampleRegistration((last += 1)))
const rowOf = async ({ id }: DistributionCenter, name: (typeof SYSTEMS)[number]) =>
  (await deliveriesOf(system.url, id))[name]
const effectsOf = (name: (typeof SYSTEMS)[number], { id }: DistributionCenter) =>
  system.simulator.effects(name).filter(({ centerId }) => centerId === id).length
const delivered = (centers: DistributionCenter[]) =>
  untilDelivered(
    system.url,
    centers.map(({ id }) => id),
    { timeoutMs: PATIENCE_MS },
  )

// Registers while Senninha's handler ends at the step; it stays away.
const registerAcross = async (step: string): Promise<DistributionCenter> => {
  const { cloud } = system
  await cloud.stop('senninha')
  await cloud.start('senninha', { CRASH_AT: step }, CRASHING)
  const center = await register()
  expect(await cloud.ended('senninha')).toBeNull()
  return center
}

const killHandlers = async () => {
  const claimed = await registerAcross('after-claim')
  const called = await registerAcross('after-call')
  const settled = await registerAcross('after-settle')
  await system.cloud.start('senninha')
  killed = { claimed, called, settled }
  expect(Object.values(killed).map((center) => effectsOf('senninha', center))).toEqual([0, 1, 1])
}

const killBroker = async (before: DistributionCenter) => {
  const { cloud, simulator } = system
  // Or what the broker gives up would be parked, and the sweeper's own before the broker is gone.
  await cloud.stop('dead-letter')
  simulator.setDials('dmitri', { mode: 'down' })
  const retrying = await register()
  await untilState(system.url, retrying.id, 'dmitri', 'retrying')
  await Promise.all(SYSTEMS.map((name) => cloud.stop(name)))
  const unheard = await register()
  await broker.stop()
  forgotten = { delivered: before, retrying, unheard }

  broker = await startGcloudEmulator('pubsub', broker.port)
  await system.createTopology()
  simulator.setDials('dmitri', {})
  await Promise.all([...SYSTEMS, 'dead-letter'].map((service) => cloud.start(service)))
  expect(await rowOf(retrying, 'dmitri')).toMatchObject({ state: 'retrying' })
}

// Another instance of each takes its place: on Cloud Run the frozen one would be passed by as well.
const replace = async (names: readonly string[]) => {
  const { cloud } = system
  const urls = new Map<string, string>()
  for (const name of names) {
    const port = await freePort()
    await cloud.start(name, { PORT: String(port) })
    urls.set(name, `http://127.0.0.1:${port}`)
  }
  const urlOf = (name: string) =>
    urls.get(name) ?? cloud.urlOf(name === DEAD_LETTER_TOPIC ? 'dead-letter' : name)
  await system.createTopology({ pushEndpointOf: (name) => `${urlOf(name)}/push` })
  await cloud.stop('sweeper')
  const handOver = names.map((name) => [`${name.toUpperCase()}_PUSH_URL`, urlOf(name)])
  await cloud.start('sweeper', Object.fromEntries(handOver))
}

// Senninha stands still between its claim and its call, Dmitri in the middle of its call.
const freezeHandlers = async () => {
  const { cloud, simulator } = system
  await cloud.stop('senninha')
  await cloud.start('senninha', { CRASH_AT: 'after-claim', CRASH_SIGNAL: 'SIGSTOP' }, CRASHING)
  simulator.setDials('dmitri', { latencyMs: 5_000 })
  const called = () => simulator.summaryOf('dmitri').requests
  const before = called()
  const center = await register()
  await untilState(system.url, center.id, 'senninha', 'delivering')
  // Not its row: that is claimed before the call has left.
  await waitFor('a call to dmitri', () => called() > before)
  const pids = { claimed: cloud.pidOf('senninha'), called: cloud.pidOf('dmitri') }
  process.kill(pids.called, 'SIGSTOP')
  frozen = { claimed: { center, pid: pids.claimed }, called: { center, pid: pids.called } }
  await waitFor('the effect at dmitri', () => effectsOf('dmitri', center), { until: (count) => count === 1 })
  simulator.setDials('dmitri', {})
  await replace(['senninha', 'dmitri'])
}

beforeAll(async () => {
  const { firestore } = await useEmulators()
  broker = await startGcloudEmulator('pubsub')
  process.env['PUBSUB_EMULATOR_HOST'] = broker.host
  system = await openCloudSystem({ firestore, pubsub: broker.host })
  // Senninha would recognize a repeated request by its key: here the handlers alone must see to it.
  system.simulator.setDials('senninha', { honorKeys: false })
  const before = await register()
  await delivered([before])
  await killHandlers()
  await killBroker(before)
  await freezeHandlers()
}, 150_000)
afterAll(async () => {
  for (const { pid } of Object.values(frozen ?? {})) if (runs(pid)) process.kill(pid, 'SIGKILL')
  await system.close()
  await broker.stop()
})
afterEach(() => expectPromisesKept(system, system.url), PATIENCE_MS)

test(
  'row 7: a handler killed after its claim, its call or its settling: the lease is taken over, each effect is there once',
  async () => {
    const { claimed, called, settled } = killed
    await delivered([claimed, called, settled])
    for (const center of [claimed, called, settled]) expect(effectsOf('senninha', center)).toBe(1)
    expect((await rowOf(claimed, 'senninha'))?.attempts).toBe(2)
    expect((await rowOf(called, 'senninha'))?.attempts).toBe(2)
    expect((await rowOf(settled, 'senninha'))?.attempts).toBe(1)
  },
  PATIENCE_MS,
)

test(
  'row 28: a broker that lost everything: the sweeper sends again what is not delivered, each effect is there once',
  async () => {
    const { delivered: before, retrying, unheard } = forgotten
    await delivered([before, retrying, unheard])
    for (const name of SYSTEMS) {
      for (const center of [before, retrying, unheard]) expect(effectsOf(name, center)).toBe(1)
      expect((await rowOf(before, name))?.attempts).toBe(1)
    }
  },
  PATIENCE_MS,
)

test(
  'row 8: a handler frozen for longer than its lease: another takes over, and the late one neither calls nor settles',
  async () => {
    const { claimed, called } = frozen
    await delivered([claimed.center])
    // They go on where they were, and end in order: that waits for the work that they have.
    for (const { pid } of [claimed, called]) {
      process.kill(pid, 'SIGCONT')
      process.kill(pid, 'SIGTERM')
      await waitFor(`the end of process ${pid}`, () => !runs(pid))
    }
    for (const name of ['senninha', 'dmitri'] as const) {
      expect([name, effectsOf(name, claimed.center)]).toEqual([name, 1])
      expect(await rowOf(claimed.center, name)).toMatchObject({ state: 'delivered', attempts: 2 })
    }
  },
  PATIENCE_MS,
)
