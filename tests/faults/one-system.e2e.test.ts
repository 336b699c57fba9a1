import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations } from '../support/operations.ts'
import { BY_CODE } from '../support/own-list.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, openTestSystem, type TestSystem } from '../support/system.ts'
import { untilDelivered, untilDeliveredTo, untilState } from '../support/until.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const registerMany = async (url: string, count: number, from = 1): Promise<string[]> => {
  const numbers = Array.from({ length: count }, (_, index) => from + index)
  const centers = await Promise.all(numbers.map((n) => system.client.register(url, sampleRegistration(n))))
  return centers.map(({ id }) => id)
}
const rowsOf = (url: string, ids: readonly string[]) => Promise.all(ids.map((id) => deliveriesOf(url, id)))

// By default an integration has 32 calls at once.
test('row 22: a system that hangs with all the calls that it may have takes nothing from the others', async () => {
  const first = await system.start()
  system.simulator.setDials('maas', { mode: 'hang' })
  const ids = await registerMany(first.url, 60)
  await untilDeliveredTo(first.url, ['senninha', 'dmitri'], ids)
  await waitFor('32 calls to maas in flight', () => system.simulator.summaryOf('maas'), {
    until: ({ maxInFlight }) => maxInFlight === 32,
  })
  // Nor does it keep anybody from registering.
  const [late = ''] = await registerMany(first.url, 1, 100)
  await untilState(first.url, late, 'dmitri', 'delivered')
  expect((await deliveriesOf(first.url, late))['maas']?.state).toBe('waiting')

  // A call that hangs ends after 30 s; the next start finds their leases dead at once.
  system.simulator.setDials('maas', {})
  await first.stop('SIGKILL')
  const second = await system.start()
  await untilDelivered(second.url, [...ids, late])
  await expectPromisesKept(system, second.url)
})

test('row 23: a system that was down gets its backlog by itself, one call first, then 2, 4 and 8 at a time', async () => {
  const list = join(system.dataDir, 'integrations.json')
  const dmitri = { recovery_window_max: 8, recovery_rate_per_second: 1_000 }
  await writeFile(list, JSON.stringify({ integrations: { ...BY_CODE, dmitri } }))
  const { url } = await system.start({ INTEGRATIONS_FILE: list })
  const operations = createOperations(url)
  system.simulator.setDials('dmitri', { mode: 'down' })
  const ids = await registerMany(url, 200)
  await operations.untilCount('dmitri', 'parked', ids.length)
  expect((await operations.integration('dmitri')).health).toBe('down')

  system.simulator.setDials('dmitri', { latencyMs: 10 })
  await untilDelivered(url, ids)
  const calls = (await rowsOf(url, ids))
    .map((rows) => rows['dmitri']?.history.at(-1))
    .map((attempt) => {
      expect(attempt).toMatchObject({ trigger: 'recovery', result: 'delivered' })
      const startedAt = Date.parse(attempt?.at ?? '')
      return { startedAt, endedAt: startedAt + (attempt?.durationMs ?? 0) }
    })
    .toSorted((a, b) => a.startedAt - b.startedAt)
  calls.forEach(({ startedAt }, index) => {
    const atOnce = calls.filter((call) => call.startedAt <= startedAt && startedAt < call.endedAt).length
    const windowMax = index < 2 ? 1 : 2 ** Math.min(3, Math.floor(Math.log2(index)))
    expect([index, Math.max(atOnce, windowMax)]).toEqual([index, windowMax])
  })
  expect((await operations.integration('dmitri')).health).toBe('healthy')
  await expectPromisesKept(system, url)
})

test('row 24: one refusal in twenty is called once, parked once and left alone, and the others do not wait for it', async () => {
  const refused = [10, 30, 50]
  system.simulator.setDials('maas', { refuse: refused.map(cnpjOf) })
  const first = await system.start()
  const ids = await registerMany(first.url, 60)
  const poison = ids.filter((_, index) => refused.includes(index + 1))
  const healthy = ids.filter((_, index) => !refused.includes(index + 1))
  await untilDelivered(first.url, healthy)
  await waitFor('every rejected delivery given up by the broker', () => rowsOf(first.url, poison), {
    until: (rows) => rows.every(({ maas }) => maas?.parkedAt !== undefined),
  })

  // Neither a restart nor the sweeps while others are parked and come back touch them.
  await first.stop()
  const second = await system.start()
  system.simulator.setDials('maas', { mode: 'down' })
  const more = await registerMany(second.url, 5, 101)
  await createOperations(second.url).untilCount('maas', 'parked', 5)
  system.simulator.setDials('maas', {})
  await untilDelivered(second.url, more)
  for (const { maas } of await rowsOf(second.url, poison)) {
    expect(maas).toMatchObject({ state: 'rejected', attempts: 1, lastFailure: { kind: 'rejected' } })
  }
  await expectPromisesKept(system, second.url)
})
