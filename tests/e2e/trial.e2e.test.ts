import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { startStandaloneProcess, type StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations } from '../support/operations.ts'
import { deliveriesOf, openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'

let system: TestSystem
let trial: StandaloneProcess | undefined
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(async () => {
  await trial?.stop('SIGKILL')
  await system.close()
})

/** Starts on the same data without what makes a system real, and with more. */
const startTrial = async (more: Record<string, string> = {}) => {
  const env = Object.entries(system.env).filter(([name]) => !/_(URL|TOKEN)$/.test(name))
  trial = await startStandaloneProcess({ ...Object.fromEntries(env), ...more })
  return trial
}

const registerSome = async (url: string, count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let n = 1; n <= count; n++) ids.push((await system.client.register(url, sampleRegistration(n))).id)
  return ids
}

test('row 56, defect 6: what a simulator took is brought to the real systems, also when the process dies meanwhile', async () => {
  const first = await startTrial()
  const { url, lines } = first
  const ids = await registerSome(url, 20)
  await untilDelivered(url, ids)
  expect(lines.join('\n')).toMatch(new RegExp(`is ready: .*simulated: ${SYSTEMS.join(' ')}`))
  expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({
    status: 'ready',
    simulated: [...SYSTEMS],
  })
  const taken = await deliveriesOf(url, ids[0] ?? '')
  for (const name of SYSTEMS)
    expect(taken[name]).toMatchObject({ simulated: true, history: [{ simulated: true }] })
  expect(await createOperations(url).integrations()).toMatchObject(
    SYSTEMS.map((name) => ({ name, simulated: true })),
  )
  await first.stop('SIGTERM')

  const dying = await system.start()
  await waitFor('one effect at a real system', () => system.simulator.effects('maas').length, {
    until: (effects) => effects > 0,
  })
  await dying.stop('SIGKILL')
  const real = await system.start()
  const seen = () =>
    SYSTEMS.map((name) => new Set(system.simulator.effects(name).map(({ centerId }) => centerId)).size)
  await waitFor('every center at every real system', seen, {
    until: (counts) => counts.every((count) => count === ids.length),
  })
  await untilDelivered(real.url, ids)
  for (const id of ids)
    for (const delivery of Object.values(await deliveriesOf(real.url, id)))
      expect(delivery).not.toHaveProperty('simulated')
  const redrives = await createOperations(real.url).redrives()
  const brought = redrives.filter(({ reason }) => reason.startsWith('A real system takes the place'))
  expect(brought.every(({ requestedBy }) => requestedBy === 'system')).toBe(true)
  expect(new Set(brought.map(({ filter }) => filter.integration))).toEqual(new Set(SYSTEMS))
  for (const name of SYSTEMS) expect(system.simulator.summaryOf(name).duplicates).toBe(0)
})

test('row 56, defect 6: a start without the addresses, on data of real systems, is refused, and SIMULATE allows it', async () => {
  const real = await system.start()
  await real.stop('SIGTERM')
  await expect(startTrial()).rejects.toThrow(
    new RegExp(
      `_URL, .* are not set, but this data was delivered to ${SYSTEMS.slice(0, -1).join(', ')} and ${SYSTEMS.at(-1)} before`,
    ),
  )
  await expect(startTrial({ SENINHA_URL: 'https://example.com' })).rejects.toThrow(/SENINHA_URL is, which/)
  const { lines } = await startTrial({ SIMULATE: '1' })
  expect(lines.join('\n')).toContain(`simulated: ${SYSTEMS.join(' ')}`)
})
