import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import {
  allDelivered,
  deliveriesOf,
  eventually,
  openTestSystem,
  register,
  type TestSystem,
} from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const registerMany = async (url: string, from: number, count: number): Promise<string[]> => {
  const centers = await Promise.all(
    Array.from({ length: count }, (_, index) => register(url, sampleRegistration(from + index))),
  )
  return centers.map(({ id }) => id)
}

test('a system that was away past the dead letter gets its whole backlog by itself, each centre once, ramped', async () => {
  const mensageria = await system.start()
  system.simulator.setDials('dmitri', { mode: 'down' })
  const ids = await registerMany(mensageria.url, 1, 20)
  // The others do not wait for it.
  await eventually(async () => system.simulator.effects('senninha').length === 20)
  await eventually(async () => {
    const rows = await Promise.all(ids.map((id) => deliveriesOf(mensageria.url, id)))
    return rows.every(({ dmitri }) => dmitri?.state === 'parked')
  })
  const [first] = ids
  const parked = (await deliveriesOf(mensageria.url, first ?? ''))['dmitri']
  expect(parked?.lastFailure).toMatchObject({ kind: 'transient', cause: 'http-503', httpStatus: 503 })
  system.simulator.setDials('dmitri', { mode: 'up' })
  await eventually(() => allDelivered(mensageria.url, ids))
  for (const name of ['senninha', 'maas', 'dmitri'] as const) {
    expect([name, system.simulator.summary()[name].effects]).toEqual([name, 20])
    expect(system.simulator.summary()[name].duplicates).toBe(0)
  }
})

test('refused data is shown at once, never sent again by itself, and corrected by a new version', async () => {
  const mensageria = await system.start()
  const registration = sampleRegistration(1)
  system.simulator.setDials('maas', { refuse: [registration.taxId] })
  const center = await register(mensageria.url, registration)
  await eventually(async () => (await deliveriesOf(mensageria.url, center.id))['maas']?.state === 'rejected')
  // The broker gives it up; it stays rejected, with one call.
  await eventually(
    async () => (await deliveriesOf(mensageria.url, center.id))['maas']?.parkedAt !== undefined,
  )
  const rejected = (await deliveriesOf(mensageria.url, center.id))['maas']
  expect(rejected).toMatchObject({ state: 'rejected', attempts: 1, lastFailure: { kind: 'rejected' } })
  system.simulator.setDials('maas', {})
  const updated = await fetch(`${mensageria.url}/v1/distribution-centers/${center.id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': '"1"' },
    body: JSON.stringify({ ...registration, name: 'CD Novo' }),
  })
  expect(updated.status).toBe(200)
  await eventually(() => allDelivered(mensageria.url, [center.id]))
  expect((await deliveriesOf(mensageria.url, center.id))['maas']).toMatchObject({
    version: 2,
    deliveredVersion: 2,
  })
})

test('row 19: an effect whose answer was cut off is found again, not repeated', async () => {
  const mensageria = await system.start()
  system.simulator.setDials('senninha', { mode: 'accept-then-reset', times: 1, honourKeys: false })
  const center = await register(mensageria.url, sampleRegistration(1))
  await eventually(() => allDelivered(mensageria.url, [center.id]))
  expect(system.simulator.summary().senninha).toMatchObject({ effects: 1, duplicates: 0 })
  expect((await deliveriesOf(mensageria.url, center.id))['senninha']?.history[0]).toMatchObject({
    result: 'unknown',
  })
})

test('rows 15 and 21: a refused token and a redirect reject nothing, and recover alone', async () => {
  const mensageria = await system.start()
  system.simulator.setDials('dmitri', { mode: 'status', status: 401 })
  system.simulator.setDials('maas', { mode: 'redirect' })
  const center = await register(mensageria.url, sampleRegistration(1))
  await eventually(async () => {
    const { dmitri, maas } = await deliveriesOf(mensageria.url, center.id)
    return dmitri?.lastFailure?.cause === 'http-401' && maas?.lastFailure?.kind === 'misconfigured'
  })
  expect(system.simulator.summary().maas.redirectsFollowed).toBe(0)
  system.simulator.setDials('dmitri', {})
  system.simulator.setDials('maas', {})
  await eventually(() => allDelivered(mensageria.url, [center.id]))
})
