import { DEAD_LETTER_ATTRIBUTES, DEAD_LETTER_TOPIC, PushEnvelope, toAttributes } from '@mensageria/contracts'
import { PUBLISH_MS } from '@mensageria/core'
import { openGoogleCloudPublisher, type GoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { createTopology } from '@mensageria/google-cloud/topology'
import { writeOf } from '@mensageria/testkit'
import { startGcloudEmulator, useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { newProjectId } from '../support/cloud.ts'
import { waitFor } from '@mensageria/testkit/wait-for'

const { test } = needs('emulators')

// What the broker pushed, by subscription; `refused` subscriptions nack.
let pushed: Map<string, PushEnvelope[]>
let refused: Set<string>
let server: Server
let publishers: GoogleCloudPublisher[]
beforeEach(async () => {
  await useEmulators()
  pushed = new Map()
  refused = new Set()
  publishers = []
  server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? ''
    void json(request).then((body) => {
      pushed.set(name, [...(pushed.get(name) ?? []), PushEnvelope.parse(body)])
      response.writeHead(refused.has(name) ? 500 : 204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  await Promise.all(publishers.map((publisher) => publisher.close()))
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const integrationOf = (name: string) => ({
  name,
  retry: { minBackoffMs: 1000, maxBackoffMs: 1000, attemptsMax: 5 },
})

const topologyOf = async (projectId: string, path = '', names = ['maas', 'dmitri']) => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No address')
  await createTopology({
    projectId,
    integrations: names.map(integrationOf),
    pushEndpointOf: (subscription) => `http://127.0.0.1:${address.port}/${path}${subscription}`,
  })
}

const open = (projectId: string) => {
  const opened = openGoogleCloudPublisher({ projectId })
  publishers.push(opened)
  return opened
}

const idsOf = (name: string): string[] =>
  (pushed.get(name) ?? []).map(({ message }) => message.attributes['ce-id'] ?? '')

test('an event reaches every integration as the contract says', async () => {
  const projectId = newProjectId()
  await topologyOf(projectId)
  const { event } = writeOf(1)
  await open(projectId).publisher.publish(event)
  await waitFor('a push to each subscription', () => pushed.has('maas') && pushed.has('dmitri'))
  const [envelope] = pushed.get('maas') ?? []
  expect(envelope?.message.attributes).toEqual(toAttributes(event))
  expect(JSON.parse(Buffer.from(envelope?.message.data ?? '', 'base64').toString())).toEqual(event.data)
  expect(envelope?.subscription).toBe(`projects/${projectId}/subscriptions/maas`)
})

test('the topology may be created again, and follows its endpoints', async () => {
  const projectId = newProjectId()
  await topologyOf(projectId)
  await topologyOf(projectId, 'new-')
  const { event } = writeOf(1)
  await open(projectId).publisher.publish(event)
  await waitFor('a push to each new subscription', () => pushed.has('new-maas') && pushed.has('new-dmitri'))
  expect(pushed.has('maas')).toBe(false)
})

test('what an integration refuses again and again becomes a dead letter', async () => {
  const projectId = newProjectId()
  await topologyOf(projectId, '', ['maas'])
  refused.add('maas')
  const { event } = writeOf(1)
  await open(projectId).publisher.publish(event)
  // After some nacks the emulator may pause for a minute.
  await waitFor('the dead letter', () => pushed.has(DEAD_LETTER_TOPIC), { timeoutMs: 150_000 })
  const [letter] = pushed.get(DEAD_LETTER_TOPIC) ?? []
  expect(letter?.message.attributes).toMatchObject({
    ...toAttributes(event),
    [DEAD_LETTER_ATTRIBUTES.subscription]: 'maas',
    [DEAD_LETTER_ATTRIBUTES.deliveryCount]: '5',
  })
  expect(idsOf('maas')).toHaveLength(5)
}, 180_000)

test('close sends what is still queued', async () => {
  const projectId = newProjectId()
  await topologyOf(projectId, '', ['maas'])
  const { publisher, close } = openGoogleCloudPublisher({ projectId })
  const ids = [1, 2, 3].map((n) => writeOf(n).event.id)
  const publishing = Promise.all([1, 2, 3].map((n) => publisher.publish(writeOf(n).event)))
  await close()
  await publishing
  await waitFor('each of them pushed', () => ids.every((id) => idsOf('maas').includes(id)))
})

needs('gcloud').test(
  'a broker that is away fails a publish in time, and gets the next ones when it is back',
  async () => {
    const projectId = newProjectId()
    const away = await startGcloudEmulator('pubsub')
    let back: typeof away | undefined
    process.env['PUBSUB_EMULATOR_HOST'] = away.host
    try {
      await topologyOf(projectId, '', ['maas'])
      const { publisher } = open(projectId)
      await publisher.publish(writeOf(1).event)
      await away.stop()
      const start = performance.now()
      await expect(publisher.publish(writeOf(2).event)).rejects.toThrow(
        /Total timeout|UNAVAILABLE|DEADLINE_EXCEEDED/,
      )
      expect(performance.now() - start).toBeLessThan(2 * PUBLISH_MS)

      // The emulator forgets its topics when it ends; production does not.
      back = await startGcloudEmulator('pubsub', away.port)
      await topologyOf(projectId, '', ['maas'])
      await waitFor('what was published before the outage pushed', () =>
        publisher.publish(writeOf(2).event).then(
          () => true,
          () => false,
        ),
      )
      await waitFor('what was published after the outage pushed', () =>
        idsOf('maas').includes(writeOf(2).event.id),
      )
      await Promise.all(publishers.splice(0).map((opened) => opened.close()))
    } finally {
      await away.stop()
      await back?.stop()
    }
  },
  120_000,
)
