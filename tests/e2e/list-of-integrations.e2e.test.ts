import type { AuditEntry } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations } from '../support/operations.ts'
import { BY_CODE, WITHOUT_DMITRI, type IntegrationList } from '../support/own-list.ts'
import { auditOf, expectPromisesKept } from '../support/promises.ts'
import { allDelivered, openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

/** Starts on a list of integrations of its own. */
const startWith = async (integrations: IntegrationList, env: Record<string, string> = {}) => {
  const list = join(system.dataDir, 'integrations.json')
  await writeFile(list, JSON.stringify({ integrations }))
  const started = await system.start({ INTEGRATIONS_FILE: list, ...env })
  return { ...started, operations: createOperations(started.url) }
}

const registerMany = async (url: string, from: number, to: number): Promise<string[]> => {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const centers = await Promise.all(numbers.map((n) => system.client.register(url, sampleRegistration(n))))
  return centers.map(({ id }) => id)
}

test('an integration that is missing for long is retired, visibly; back in the list, it gets everything by itself', async () => {
  const first = await startWith(BY_CODE)
  system.simulator.setDials('dmitri', { mode: 'down' })
  const before = await registerMany(first.url, 1, 5)
  await first.operations.untilCount('dmitri', 'parked', 5)
  await first.stop()

  const second = await startWith(WITHOUT_DMITRI, { RETIRE_AFTER: '1s' })
  const meanwhile = await registerMany(second.url, 6, 8)
  // Nothing counts it any more, and no event waits for it.
  await waitFor('8 centers counted as delivered to every other system', second.operations.summary, {
    until: ({ accepted, openEvents, deliveries }) =>
      accepted === 8 && openEvents === 0 && deliveries.delivered === 8 * (SYSTEMS.length - 1),
  })
  const isRetirement = ({ action, target, actor }: AuditEntry) =>
    `${action} ${target} ${actor}` === 'integration.retire dmitri system'
  await waitFor(
    '5 retired deliveries in the audit log',
    async () => (await auditOf(second.url)).filter(isRetirement).map(({ reason }) => reason),
    {
      until: (reasons) => reasons.reduce((sum, reason) => sum + Number(/\d+$/.exec(reason)?.[0]), 0) === 5,
    },
  )
  expect(second.lines.filter((line) => line.includes('integration.missing'))).toHaveLength(1)
  await waitFor('the retirement in the log', () =>
    second.lines.some((line) => line.includes('integration.retired')),
  )
  await second.stop()

  system.simulator.setDials('dmitri', {})
  const third = await startWith(BY_CODE)
  const { deliveries } = await third.operations.summary()
  expect(Object.values(deliveries).reduce((sum, n) => sum + n, 0)).toBe(8 * SYSTEMS.length)
  await untilDelivered(third.url, [...before, ...meanwhile])
  expect(system.simulator.summaryOf('dmitri').effects).toBe(8)
  expect((await auditOf(third.url))[0]).toMatchObject({ actor: 'system', action: 'redrive.create' })
  await expectPromisesKept(system, third.url)
})

test('a new integration without a time of its own gets every center there is by itself', async () => {
  const first = await startWith(WITHOUT_DMITRI)
  const ids = await registerMany(first.url, 1, 5)
  await first.operations.untilNoOpenEvents()
  await first.stop('SIGKILL')
  const second = await startWith(BY_CODE)
  await untilDelivered(second.url, ids)
  await expectPromisesKept(system, second.url)
})

test('what is before the time of a new integration waits for a person, and what is after it comes at once', async () => {
  const first = await startWith(WITHOUT_DMITRI)
  const old = await registerMany(first.url, 1, 5)
  await first.operations.untilNoOpenEvents()
  await first.stop()

  const since = new Date().toISOString()
  const second = await startWith({ ...WITHOUT_DMITRI, dmitri: { since } })
  const young = await registerMany(second.url, 6, 7)
  await untilDelivered(second.url, young)
  // Long enough for a look at what nobody would bring.
  await second.operations.untilNoOpenEvents()
  // What the system has begun in its own name has found nothing that is not owed.
  for (const { action, target } of await auditOf(second.url))
    if (action === 'redrive.create') await second.operations.done(target.split('/').at(-1) ?? '')
  expect(system.simulator.summaryOf('dmitri').effects).toBe(2)
  const dry = await second.operations.dryRun({ integration: 'dmitri', states: ['waiting'] })
  expect(dry.count).toBe(5)
  const { id } = await second.operations.redrive({ integration: 'dmitri', states: ['waiting'] })
  expect(await second.operations.done(id)).toMatchObject({ delivered: 5, failed: 0, skipped: 0 })
  expect(await allDelivered(second.url, old)).toBe(true)
  await expectPromisesKept(system, second.url)
})
