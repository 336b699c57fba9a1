import { useEmulators, type EmulatorHosts } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { startReadyProcess } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { join } from 'node:path'
import { openOwnList, type OwnList } from '../support/own-list.ts'
import { deliveriesOf, openTestSystem, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'

const { test } = needs('emulators')

const PROJECT = 'mensageria-local'

let hosts: EmulatorHosts
let system: TestSystem
let portal: WebhookReceiver
let list: OwnList
beforeEach(async () => {
  hosts = await useEmulators()
  system = await openTestSystem()
  portal = await startWebhookReceiver()
  list = await openOwnList({ senninha: {}, dmitri: {}, portal: portal.row })
})
afterEach(async () => {
  await system.close()
  await portal.close()
  await list.close()
})

// The emulators of the test run stand for those that a restart would start anew: empty.
const emptyEmulator = async () => {
  const path = `emulator/v1/projects/${PROJECT}/databases/(default)/documents`
  expect((await fetch(`http://${hosts.firestore}/${path}`, { method: 'DELETE' })).status).toBe(200)
}

const startDev = async () => {
  const dev = await startReadyProcess(`exec node scripts/dev.ts --data ${join(system.dataDir, 'dev')}`, {
    ...list.env,
    ...portal.env,
    PORT: '0',
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    PUBSUB_EMULATOR_HOST: hosts.pubsub,
    SENNINHA_URL: system.simulator.urlOf('senninha'),
    SENNINHA_TOKEN: system.simulator.tokenOf('senninha'),
    SIMULATE: 'dmitri',
  })
  const url = await waitFor('its address', () =>
    dev.lines.map((line) => /^Mensageria is up: (\S+),/.exec(line)?.[1]).find(Boolean),
  )
  return { ...dev, url }
}

test('npm run dev: its own list, real and simulated systems, a destination, and data that outlives its emulators', async () => {
  await emptyEmulator()
  const first = await startDev()
  const { id } = await system.client.register(first.url, sampleRegistration(1))
  await untilDelivered(first.url, [id])
  const rows = await deliveriesOf(first.url, id)
  expect(Object.entries(rows).map(([name, { simulated }]) => [name, simulated])).toEqual([
    ['senninha', undefined],
    ['dmitri', true],
    ['portal', undefined],
  ])
  expect(portal.effects.map(({ centerId }) => centerId)).toEqual([id])
  expect(system.simulator.effects('senninha').map(({ centerId }) => centerId)).toEqual([id])
  expect(await first.stop('SIGTERM')).toBe(0)
  expect(first.lines.at(-1)).toBe('Saved.')
  // Each service has ended in order.
  const closing = first.lines.filter((line) => line.includes('process.closing'))
  expect(closing).toHaveLength(7)

  await emptyEmulator()
  const second = await startDev()
  expect(await deliveriesOf(second.url, id)).toMatchObject({ senninha: { state: 'delivered' } })
  expect(second.lines.find((line) => line.startsWith('Services: '))).toContain(', portal, ')
  const center = await system.client.register(second.url, sampleRegistration(2))
  await untilDelivered(second.url, [id, center.id])
  expect(system.simulator.effects('senninha').map(({ centerId }) => centerId)).toEqual([id, center.id])
  expect(await second.stop('SIGINT')).toBe(130)
})
