import type { Integration } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import type { StandaloneProcess } from '@mensageria/testkit/standalone-process'
import { waitFor } from '@mensageria/testkit/wait-for'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { createTrouble } from '../support/trouble.ts'
import { untilDelivered, untilState } from '../support/until.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

let system: TestSystem
let running: StandaloneProcess
let last = 0
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const register = async (): Promise<string> =>
  (await system.client.register(running.url, sampleRegistration((last += 1)))).id

const restart = async (env: Record<string, string>) => {
  await running.stop('SIGKILL')
  running = await system.start(env)
}

const healthOf = async (name: string): Promise<Integration['health'] | undefined> => {
  const answer = await fetch(`${running.url}/v1/integrations`)
  const { items }: { items: Integration[] } = JSON.parse(await answer.text())
  return items.find((integration) => integration.name === name)?.health
}

// Parked, queued and delivered while the clock is wrong; all of it must move once it is right.
test('x11, row 45: what was parked, retried and delivered by a clock a day or a year off moves when it is right again', async () => {
  const { env, shiftClock } = createTrouble(system)
  running = await system.start(env)
  for (const [shiftMs, restarts] of [
    [25 * HOUR, false],
    [YEAR, true],
    [-YEAR, false],
    [-YEAR, true],
  ] as const) {
    await shiftClock(running.pid, shiftMs)
    // Its success lies a year ahead of the failures that come when the clock is right again.
    await untilDelivered(running.url, [await register()])
    system.simulator.setDials('maas', { mode: 'down' })
    const wrong = await register()
    await untilState(running.url, wrong, 'maas', 'parked')
    await shiftClock(running.pid, 0)
    if (restarts) await restart(env)
    const right = await register()
    await waitFor('maas failing or down', () => healthOf('maas'), {
      until: (health) => health === 'failing' || health === 'down',
    })
    system.simulator.setDials('maas', {})
    await untilDelivered(running.url, [wrong, right])
  }
  await waitFor('maas healthy', () => healthOf('maas'), { until: (health) => health === 'healthy' })
  await expectPromisesKept(system, running.url)
})

test('row 45: a machine that boots in 1970 delivers, and what it was owed before, and goes on when it knows the time', async () => {
  const { env, shiftClock } = createTrouble(system)
  running = await system.start(env)
  system.simulator.setDials('dmitri', { mode: 'down' })
  const before = await register()
  await untilState(running.url, before, 'dmitri', 'parked')
  await shiftClock(running.pid, -Date.now())
  await restart(env)
  const meanwhile = await register()
  system.simulator.setDials('dmitri', {})
  await untilDelivered(running.url, [before, meanwhile])
  await shiftClock(running.pid, 0)
  await untilDelivered(running.url, [await register()])
  await expectPromisesKept(system, running.url)
})
