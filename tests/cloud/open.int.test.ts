import { openGoogleCloudLedger } from '@mensageria/google-cloud/ledger'
import { openGoogleCloudPublisher } from '@mensageria/google-cloud/publisher'
import { openGoogleCloudStore } from '@mensageria/google-cloud/store'
import { createTopology } from '@mensageria/google-cloud/topology'
import { deliveryRowOf } from '@mensageria/testkit'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { newProjectId } from '../support/cloud.ts'

const { test } = needs('emulators')

beforeEach(async () => {
  await useEmulators()
  delete process.env['K_SERVICE']
})

test('an integration finds its rows and its state through the ledger alone', async () => {
  const projectId = newProjectId()
  const [writer, reader] = [
    await openGoogleCloudLedger({ projectId, integrations: ['maas'] }),
    await openGoogleCloudStore({ projectId, integrations: ['maas', 'dmitri'] }),
  ]
  await writer.ledger.create(deliveryRowOf('a'))
  await writer.states.write('maas', 'paused', { by: 'ana', at: 1, reason: 'maintenance' })
  expect(await reader.ledger.ofCenter('a')).toEqual([deliveryRowOf('a')])
  expect((await reader.states.read('maas'))?.paused?.by).toBe('ana')
  await writer.close()
  await reader.close()
})

test('databases of one project are apart', async () => {
  const projectId = newProjectId()
  const [one, other] = [
    await openGoogleCloudLedger({ projectId, integrations: ['maas'] }),
    await openGoogleCloudLedger({ projectId, databaseId: 'other', integrations: ['maas'] }),
  ]
  await one.ledger.create(deliveryRowOf('a'))
  expect(await other.ledger.ofCenter('a')).toEqual([])
  await one.close()
  await other.close()
})

const options = { projectId: 'p', integrations: ['maas'] }

test.each<[string, () => unknown]>([
  ['ledger', () => openGoogleCloudLedger(options)],
  ['store', () => openGoogleCloudStore(options)],
  ['publisher', () => openGoogleCloudPublisher({ projectId: 'p' })],
  ['topology', () => createTopology({ projectId: 'p', integrations: [], pushEndpointOf: () => '' })],
])('the %s refuses an emulator on Cloud Run', async (_, open) => {
  process.env['K_SERVICE'] = 'registration'
  await expect(Promise.resolve().then(open)).rejects.toThrow(/_EMULATOR_HOST is set in the Cloud Run service/)
})
