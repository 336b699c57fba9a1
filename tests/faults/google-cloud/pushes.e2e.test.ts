import {
  DEAD_LETTER_ATTRIBUTES,
  DEAD_LETTER_TOPIC,
  TOPIC,
  toEvent,
  UPDATED,
  type DistributionCenter,
  type Registration,
} from '@mensageria/contracts'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import {
  messageOf,
  messageOfEvent,
  publishTo,
  pushTo,
  type CraftedMessage,
} from '../../support/crafted-push.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { startPushServer } from '../../support/push-server.ts'
import { allDelivered, deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered } from '../../support/until.ts'

const { test } = needs('emulators')

let system: CloudSystem
let pubsub: string
let last = 0
beforeAll(async () => {
  const hosts = await useEmulators()
  pubsub = hosts.pubsub
  system = await openCloudSystem(hosts)
  await system.cutFromBroker()
}, 120_000)
afterAll(() => system.close())
afterEach(async () => {
  for (const name of SYSTEMS) system.simulator.setDials(name, {})
  await expectPromisesKept(system, system.url)
}, 60_000)

const newRegistration = () => sampleRegistration((last += 1))
const register = (registration = newRegistration()) => system.client.register(system.url, registration)
const push = (name: string, message: CraftedMessage) => pushTo(system.cloud.urlOf(name), message)
const pushToAll = (message: CraftedMessage) => Promise.all(SYSTEMS.map((name) => push(name, message)))
const requestsOf = (name: (typeof SYSTEMS)[number]) => system.simulator.summaryOf(name).requests
const versionsAt = (name: (typeof SYSTEMS)[number], { id }: DistributionCenter) =>
  system.simulator
    .effects(name)
    .filter(({ centerId }) => centerId === id)
    .map(({ version }) => version)

// Version 1 and 2 of a center, neither of them delivered.
const registerTwice = async (registration: Registration = newRegistration()) => {
  const first = await register(registration)
  const changed = { ...registration, name: `${registration.name} Novo` }
  expect((await system.client.put(system.url, changed, 1)).status).toBe(200)
  const second = { ...first, ...changed, version: 2 }
  return { center: first, name: changed.name, v1: messageOf(first), v2: messageOf(second) }
}
const expectSecondVersion = async ({ id }: DistributionCenter, name: string) => {
  const rows = await deliveriesOf(system.url, id)
  for (const one of SYSTEMS) expect(rows[one]).toMatchObject({ state: 'delivered', deliveredVersion: 2 })
  for (const one of ['senninha', 'maas'] as const) {
    expect(JSON.stringify(system.simulator.records(one))).toContain(name)
  }
}

test('row 9: the same push ten times at once, and again later, is one call', async () => {
  const center = await register()
  const message = messageOf(center)
  system.simulator.setDials('maas', { latencyMs: 1_000 })
  const before = requestsOf('maas')
  const statuses = await Promise.all(Array.from({ length: 10 }, () => push('maas', message)))
  expect(statuses.filter((status) => status === 204)).toHaveLength(1)
  expect(statuses.filter((status) => status === 503)).toHaveLength(9)
  expect(await push('maas', message)).toBe(204)
  expect(requestsOf('maas') - before).toBe(1)
  expect(await pushToAll(message)).toEqual([204, 204, 204])
})

test('row 11: version 2 before version 1: the older one is acknowledged and not sent', async () => {
  const { center, name, v1, v2 } = await registerTwice()
  expect(await pushToAll(v2)).toEqual([204, 204, 204])
  expect(await pushToAll(v1)).toEqual([204, 204, 204])
  for (const one of SYSTEMS) expect(versionsAt(one, center)).toEqual([2])
  await expectSecondVersion(center, name)
})

test('row 11: versions 1 and 2 together: each system ends with version 2', async () => {
  const { center, name, v1, v2 } = await registerTwice()
  for (const one of SYSTEMS) system.simulator.setDials(one, { latencyMs: 200 })
  await Promise.all([pushToAll(v1), pushToAll(v2)])
  // As the broker does: what was not acknowledged comes again.
  await waitFor(
    'both versions acknowledged by every system',
    async () => [...(await pushToAll(v1)), ...(await pushToAll(v2))],
    { until: (statuses) => statuses.every((status) => status === 204) },
  )
  await expectSecondVersion(center, name)
})

test('row 37: an attribute and a field that we do not know are no reason to refuse an event', async () => {
  const center = await register()
  const minor = { ...center, openingHours: '08:00-18:00' }
  expect(await pushToAll(messageOf(minor, { 'ce-partitionkey': 'south' }))).toEqual([204, 204, 204])
  expect(await allDelivered(system.url, [center.id])).toBe(true)
})

// As a publisher does whose publication timed out and had gone through: the same event under another message id.
test('row 39: an event that was published again and again has one effect at each system', async () => {
  const centers = await Promise.all(Array.from({ length: 10 }, () => register()))
  const messages = centers.map((center) => messageOf(center))
  await publishTo(pubsub, system.projectId, TOPIC, [...messages, ...messages])
  await publishTo(pubsub, system.projectId, TOPIC, messages)
  await untilDelivered(
    system.url,
    centers.map(({ id }) => id),
  )
  for (const center of centers) {
    for (const name of SYSTEMS) expect([name, versionsAt(name, center)]).toEqual([name, [1]])
  }
})

test('row 10: a call slower than the acknowledgement deadline: the push that overlaps makes no second call', async () => {
  const ackDeadlineMs = 10_000
  const answers: number[] = []
  let open = 0
  let overlaps = 0
  const relay = await startPushServer(async ({ event }) => {
    if (open > 0) overlaps += 1
    open += 1
    const status = await push('maas', messageOfEvent(event))
    open -= 1
    answers.push(status)
    return status === 204
  })
  try {
    await system.createTopology({ ackDeadlineMs, pushEndpointOf: relay.urlOf })
    const center = await register()
    const before = requestsOf('maas')
    system.simulator.setDials('maas', { latencyMs: ackDeadlineMs + 5_000 })
    await publishTo(pubsub, system.projectId, TOPIC, [messageOf(center)])
    await waitFor('a push acknowledged', () => answers, { until: (all) => all.includes(204) })
    expect(overlaps).toBeGreaterThan(0)
    expect(answers[0]).toBe(503)
    expect(requestsOf('maas') - before).toBe(1)
    expect(versionsAt('maas', center)).toEqual([1])
  } finally {
    await system.createTopology()
    await relay.close()
  }
}, 90_000)

test('row 37: an unknown type and a newer major version are never called, and end where people look', async () => {
  const center = await register()
  expect(await pushToAll(messageOf(center))).toEqual([204, 204, 204])
  const event = toEvent({ ...center, version: 2 }, undefined)
  const unknown = ['br.mensageria.distribution-center.closed.v1', UPDATED.replace('.v1', '.v2')]
  const messages = [
    ...unknown.map((type) => messageOfEvent(event, { 'ce-type': type })),
    messageOfEvent(event, { 'ce-specversion': '2.0' }),
  ]
  const before = SYSTEMS.map(requestsOf)
  for (const message of messages) expect(await pushToAll(message)).toEqual([503, 503, 503])
  // What the broker's giving up leads to, without the minutes for which the emulator may pause after refusals.
  const letters = SYSTEMS.flatMap((name) =>
    messages.map(({ attributes, data }) => ({
      data,
      attributes: { ...attributes, [DEAD_LETTER_ATTRIBUTES.subscription]: name },
    })),
  )
  const ids = await publishTo(pubsub, system.projectId, DEAD_LETTER_TOPIC, letters)
  const store = await openGoogleCloudStore({ projectId: system.projectId, integrations: SYSTEMS })
  try {
    const kept = async () => (await store.unreadable.list({ pageSize: 100 })).items
    await waitFor('every unreadable message kept', kept, { until: (all) => all.length === letters.length })
    for (const item of await kept()) {
      const letter = letters[ids.indexOf(item.messageId)]
      expect(item).toMatchObject({ ...letter, reason: expect.stringMatching(/type|specversion/) })
      expect(item.subscription).toBe(letter?.attributes[DEAD_LETTER_ATTRIBUTES.subscription])
    }
  } finally {
    await store.close()
  }
  expect(SYSTEMS.map(requestsOf)).toEqual(before)
})
