import { DEAD_LETTER_ATTRIBUTES, DEAD_LETTER_TOPIC, type DistributionCenter } from '@mensageria/contracts'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import { messageOf, publishTo, pushTo, type CraftedMessage } from '../../support/crafted-push.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered } from '../../support/until.ts'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators')

let system: CloudSystem
let hosts: Awaited<ReturnType<typeof useEmulators>>
let last = 0
beforeAll(async () => {
  hosts = await useEmulators()
  system = await openCloudSystem(hosts)
  await system.cutFromBroker()
}, 120_000)
afterAll(() => system.close())
afterEach(async () => {
  system.simulator.setDials('dmitri', {})
  await expectPromisesKept(system, system.url)
}, 90_000)

// Accepted, and delivered to all but Dmitri, which is down: of the three centers the broker gives that delivery up.
const registerGivenUp = async (): Promise<{ center: DistributionCenter; letter: CraftedMessage }> => {
  system.simulator.setDials('dmitri', { mode: 'down' })
  const center = await system.client.register(system.url, sampleRegistration((last += 1)))
  for (const name of ['senninha', 'maas']) {
    expect(await pushTo(system.cloud.urlOf(name), messageOf(center))).toBe(204)
  }
  return { center, letter: messageOf(center, { [DEAD_LETTER_ATTRIBUTES.subscription]: 'dmitri' }) }
}
const publish = (letters: CraftedMessage[]) =>
  publishTo(hosts.pubsub, system.projectId, DEAD_LETTER_TOPIC, letters)
const linesWith = (text: string, centerId = '') =>
  system.lines('dead-letter').filter((line) => line.includes(text) && line.includes(centerId)).length
const isParked = ({ id }: DistributionCenter) => linesWith('delivery.parked', id) > 0
// A letter that was not acknowledged is brought again. The emulator pauses a subscription that nacks, for minutes at times
// (docs/lessons.md), so these pushes are ours as well.
const parkedWhenBroughtAgain = (given: { center: DistributionCenter; letter: CraftedMessage }[]) =>
  waitFor(
    'every dead letter parked',
    async () => {
      const open = given.filter(({ center }) => !isParked(center))
      await Promise.all(open.map(({ letter }) => pushTo(system.cloud.urlOf('dead-letter'), letter)))
      return open.map(({ center }) => center.id)
    },
    { until: (open) => open.length === 0 },
  )
const effectsOf = ({ id }: DistributionCenter) =>
  system.simulator.effects('dmitri').filter(({ centerId }) => centerId === id).length

test('row 25: the same dead letter twice at once, and again when it is delivered, is one parked row and one effect', async () => {
  const { center, letter } = await registerGivenUp()
  await publish([letter, letter])
  await waitFor('the dead letter parked twice', () => linesWith('delivery.parked', center.id), {
    until: (lines) => lines === 2,
  })
  const rows = await deliveriesOf(system.url, center.id)
  expect(Object.keys(rows).toSorted()).toEqual([...SYSTEMS].toSorted())
  expect(rows['dmitri']?.parkedAt).toBeDefined()
  system.simulator.setDials('dmitri', {})
  await untilDelivered(system.url, [center.id])
  expect(await pushTo(system.cloud.urlOf('dead-letter'), letter)).toBe(204)
  expect((await deliveriesOf(system.url, center.id))['dmitri']).toMatchObject({ state: 'delivered' })
  expect(effectsOf(center)).toBe(1)
})

test('row 25: dead letters wait for a dead-letter service that is down, none is lost', async () => {
  await system.cloud.stop('dead-letter', 'SIGKILL')
  const given = await Promise.all([registerGivenUp(), registerGivenUp(), registerGivenUp()])
  await publish(given.map(({ letter }) => letter))
  await system.cloud.start('dead-letter')
  await parkedWhenBroughtAgain(given)
  system.simulator.setDials('dmitri', {})
  await untilDelivered(
    system.url,
    given.map(({ center }) => center.id),
  )
  expect(given.map(({ center }) => effectsOf(center))).toEqual([1, 1, 1])
}, 300_000)

test('row 25: a dead letter that comes while the store is away is not acknowledged, and is parked when it is back', async () => {
  const proxy = await startTcpProxy(hosts.firestore)
  await system.cloud.stop('dead-letter')
  await system.cloud.start('dead-letter', { FIRESTORE_EMULATOR_HOST: proxy.host })
  try {
    const { center, letter } = await registerGivenUp()
    proxy.reset()
    const failedBefore = linesWith('push.failed')
    await publish([letter])
    await waitFor('a failed push', () => linesWith('push.failed') > failedBefore)
    expect(isParked(center)).toBe(false)
    proxy.thaw()
    await parkedWhenBroughtAgain([{ center, letter }])
    system.simulator.setDials('dmitri', {})
    await untilDelivered(system.url, [center.id])
    expect(effectsOf(center)).toBe(1)
    await expectPromisesKept(system, system.url)
  } finally {
    await system.cloud.stop('dead-letter')
    await proxy.close()
    await system.cloud.start('dead-letter')
  }
}, 150_000)

test('row 25: a dead letter that nobody can read is kept as it came, once, however often it comes', async () => {
  const attributes = { [DEAD_LETTER_ATTRIBUTES.subscription]: 'dmitri', note: 'broken' }
  const data = Buffer.from([0xff, 0xfe, 0x00]).toString('base64')
  const [messageId] = await publish([{ attributes, data }])
  const store = await openGoogleCloudStore({ projectId: system.projectId, integrations: SYSTEMS })
  try {
    const kept = async () => (await store.unreadable.list({ pageSize: 10 })).items
    await waitFor('the unreadable message kept', async () => (await kept()).length)
    // The broker may bring it again after it was acknowledged: the same id.
    expect(await pushTo(system.cloud.urlOf('dead-letter'), { attributes, data }, messageId)).toBe(204)
    expect(await kept()).toMatchObject([
      { messageId, subscription: 'dmitri', data, attributes: expect.objectContaining({ note: 'broken' }) },
    ])
  } finally {
    await store.close()
  }
})
