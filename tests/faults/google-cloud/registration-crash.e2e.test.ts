import { toEvent, TOPIC, type DistributionCenter } from '@mensageria/contracts'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import { messageOfEvent, publishTo } from '../../support/crafted-push.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { SYSTEMS } from '../../support/system.ts'
import { untilDelivered } from '../../support/until.ts'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators')

const CRASHING = 'tests/faults/google-cloud/registration.crash.entry.ts'

let system: CloudSystem
let pubsub: string
let last = 0
beforeAll(async () => {
  const hosts = await useEmulators()
  pubsub = hosts.pubsub
  system = await openCloudSystem(hosts)
}, 120_000)
afterAll(() => system.close())
afterEach(() => expectPromisesKept(system, system.url), 60_000)

const newRegistration = () => sampleRegistration((last += 1))
const effectsOf = (name: (typeof SYSTEMS)[number], { id }: DistributionCenter) =>
  system.simulator.effects(name).filter(({ centerId }) => centerId === id)
const expectOneEffectEach = (center: DistributionCenter) => {
  for (const name of SYSTEMS) expect([name, effectsOf(name, center).length]).toEqual([name, 1])
}

// Registers while the process ends at the step, and brings it back.
const registerAcross = async (step: string, registration = newRegistration()) => {
  const { cloud, client, url } = system
  await cloud.stop('registration')
  await cloud.start('registration', { CRASH_AT: step }, CRASHING)
  await expect(client.post(url, registration)).rejects.toThrow('fetch failed')
  expect(await cloud.stop('registration')).toBeNull()
  await cloud.start('registration')
  return registration
}

describe('registration killed with SIGKILL', () => {
  test('row 1: before the commit, nothing is kept, and a retry of the client creates the center once', async () => {
    const registration = await registerAcross('before-commit')
    const list = await fetch(`${system.url}/v1/distribution-centers`)
    expect(await list.json()).toEqual({ items: [] })
    const answer = await system.client.post(system.url, registration)
    expect(answer.status).toBe(201)
    const center = await system.client.register(system.url, registration)
    await untilDelivered(system.url, [center.id])
    expectOneEffectEach(center)
  })

  test('row 2: after the commit and before the publication, the sweeper publishes, and a retry gets the same center', async () => {
    const registration = await registerAcross('after-commit')
    const answer = await system.client.post(system.url, registration)
    expect(answer.status).toBe(200)
    const center = await system.client.register(system.url, registration)
    expect(center.version).toBe(1)
    await untilDelivered(system.url, [center.id])
    expectOneEffectEach(center)
  })

  test('row 3: after the publication and before the answer, a retry gets the same center, and a second message changes nothing', async () => {
    const registration = await registerAcross('after-publish')
    expect((await system.client.post(system.url, registration)).status).toBe(200)
    const center = await system.client.register(system.url, registration)
    // As the sweeper, or a client library that was not sure, would: the same event under another message id.
    const again = messageOfEvent(toEvent(center, undefined))
    await publishTo(pubsub, system.projectId, TOPIC, [again, again])
    await untilDelivered(system.url, [center.id])
    expectOneEffectEach(center)
  })
})

test('row 4: an update whose answer is lost after its commit: the retry gets 200 with its own version, not 412', async () => {
  const registration = newRegistration()
  const center = await system.client.register(system.url, registration)
  const changed = { ...registration, name: `${registration.name} Novo` }
  const proxy = await startTcpProxy(new URL(system.url).host)
  try {
    proxy.freezeAnswers()
    const lost = system.client.put(`http://${proxy.host}`, changed, 1)
    lost.catch(() => undefined)
    await waitFor(
      'version 2 committed',
      async () => (await fetch(`${system.url}/v1/distribution-centers/${center.id}`)).headers.get('etag'),
      { until: (etag) => etag === '"2"' },
    )
    proxy.reset()
    await expect(lost).rejects.toThrow('fetch failed')
  } finally {
    await proxy.close()
  }
  const retried = await system.client.put(system.url, changed, 1)
  expect([retried.status, retried.headers.get('etag')]).toEqual([200, '"2"'])
  expect(await retried.json()).toMatchObject({ id: center.id, version: 2, name: changed.name })
  // Other data against the old version is a conflict still.
  const stale = await system.client.put(system.url, registration, 1)
  expect(stale.status).toBe(412)
})
