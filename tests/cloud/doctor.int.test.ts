import { toSettings } from '@mensageria/core'
import { IntegrationPolicy } from '@mensageria/contracts'
import { createTopology } from '@mensageria/google-cloud/topology'
import { useEmulators } from '@mensageria/testkit/emulators'
import { freePort } from '@mensageria/testkit/free-port'
import { needs } from '@mensageria/testkit/needs'
import { z } from 'zod'
import { runCommand } from '../support/cli.ts'
import { newProjectId } from '../support/cloud.ts'
import { openOwnList, type OwnList } from '../support/own-list.ts'

const { test } = needs('emulators')

const NAMES = ['senninha', 'maas', 'dmitri']
const Findings = z.object({
  findings: z.array(z.object({ level: z.string(), what: z.string(), said: z.string() })),
})

let list: OwnList
beforeAll(async () => {
  list = await openOwnList(Object.fromEntries(NAMES.map((name) => [name, {}])))
})
afterAll(() => list.close())
beforeEach(() => useEmulators())

const diagnose = async (project: string, env: Record<string, string> = {}) => {
  const { PUBSUB_EMULATOR_HOST = '', FIRESTORE_EMULATOR_HOST = '' } = process.env
  const url = `http://127.0.0.1:${await freePort()}`
  const hosts = { PUBSUB_EMULATOR_HOST, FIRESTORE_EMULATOR_HOST }
  const given = { GOOGLE_CLOUD_PROJECT: project, ...hosts, ...list.env, ...env }
  const { out } = await runCommand(['doctor', '--json', '--url', url], given)
  // The service is not what this is about.
  return Findings.parse(JSON.parse(out)).findings.filter(({ what }) => what !== url)
}

test('the doctor compares the subscriptions of the emulator with the list of integrations', async () => {
  const projectId = newProjectId()
  const before = await diagnose(projectId)
  expect(before[0]).toMatchObject({ level: 'ok', what: expect.stringContaining('Firestore') })
  expect(before.slice(1).map(({ level, said }) => [level, said.split(':')[0]])).toEqual(
    Array.from({ length: 4 }, () => ['fail', 'is missing']),
  )

  const gaps = { minIntervalMs: 1, maxIntervalMs: 1 }
  await createTopology({
    projectId,
    integrations: NAMES.map((name) => toSettings(name, IntegrationPolicy.parse({}), gaps)),
    pushEndpointOf: (name) => `http://127.0.0.1:9/${name}`,
  })
  const after = await diagnose(projectId)
  expect(after.slice(1)).toEqual(
    [...NAMES, 'distribution-center-events-dead-letter'].map((name) => ({
      level: 'ok',
      what: `subscription ${name}`,
      said: 'is right',
    })),
  )
})

test('an emulator that is not there, and a project that is not set, are named', async () => {
  const gone = `127.0.0.1:${await freePort()}`
  const found = await diagnose('p', { PUBSUB_EMULATOR_HOST: gone, FIRESTORE_EMULATOR_HOST: gone })
  expect(found).toEqual([
    { level: 'fail', what: `Firestore ${gone}`, said: expect.stringContaining('npm run dev') },
    { level: 'fail', what: `Pub/Sub ${gone}`, said: expect.stringContaining('npm run dev') },
  ])
  expect(await diagnose('')).toContainEqual({
    level: 'fail',
    what: 'GOOGLE_CLOUD_PROJECT',
    said: 'is not set, and Pub/Sub needs it',
  })
})
