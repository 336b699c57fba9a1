import { check } from '@mensageria/testkit'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { expectPromisesKept, gather } from '../support/promises.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const NOBODY = 'b1a5c1de-0000-5000-8000-000000000001'

/** A write at Dmitri that Mensageria did not make. */
const writeAtDmitri = async (idempotencyKey: string): Promise<void> => {
  const answer = await fetch(`${system.simulator.urlOf('dmitri')}/cities/3509205`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${system.simulator.tokenOf('dmitri')}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify({ name: 'Cajamar', state: 'SP' }),
  })
  expect(answer.ok).toBe(true)
}

test('the check at the end of each story sees what a client can see, and fails for a run that broke a promise', async () => {
  const { url } = await system.start()
  const { client, simulator } = system
  const { id } = await client.register(url, sampleRegistration(1))
  await expectPromisesKept(system, url)

  // An answer that nothing was done for; a second effect; one that nobody asked for.
  client.log.answers.push({ centerId: NOBODY, version: 1 })
  simulator.setDials('dmitri', { honorKeys: false })
  await writeAtDmitri(`${id}:1:dmitri`)
  await writeAtDmitri(`${id}:7:dmitri`)
  const lost = SYSTEMS.map((integration) => ({
    integration,
    centerId: NOBODY,
    version: 1,
  }))
  expect(check(await gather(system, url))).toEqual({
    lost,
    duplicated: [{ integration: 'dmitri', centerId: id, version: 1 }],
    unexpected: [{ integration: 'dmitri', centerId: id, version: 7 }],
    stuck: [],
    nonMonotonic: [],
    invisible: lost,
  })
  await expect(expectPromisesKept(system, url)).rejects.toThrow(/lost/)

  // A row that is open, and a center that this client knows nothing of.
  simulator.setDials('maas', { mode: 'down' })
  client.log.answers.length = 0
  await client.register(url, sampleRegistration(2))
  const find = async () => check(await gather(system, url))
  const found = await waitFor('one stuck delivery', find, { until: ({ stuck }) => stuck.length === 1 })
  expect(found.stuck).toMatchObject([{ integration: 'maas' }])
  expect(found.unexpected.filter(({ centerId, version }) => centerId === id && version === 1)).toHaveLength(7)
})
