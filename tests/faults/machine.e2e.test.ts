import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { connect, type Socket } from 'node:net'
import { waitFor } from '@mensageria/testkit/wait-for'
import { expectPromisesKept } from '../support/promises.ts'
import { deliveriesOf, openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered, untilState } from '../support/until.ts'
import { createTrouble } from '../support/trouble.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let system: TestSystem
let last = 0
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const register = async (url: string): Promise<string> =>
  (await system.client.register(url, sampleRegistration((last += 1)))).id

test('row 32: the clock jumps by minutes and by days, both ways: no lease ends early, and no retry waits for the jump', async () => {
  const { env, shiftClock } = createTrouble(system)
  // What failed stays the broker's.
  const { url, pid } = await system.start({ ...env, MAX_DELIVERY_ATTEMPTS: '1000' })
  for (const shiftMs of [10 * MINUTE, -10 * MINUTE, DAY, -DAY, 0]) {
    // A failure, one with a Retry-After, and a call in work.
    system.simulator.setDials('maas', { mode: 'down' })
    system.simulator.setDials('dmitri', { mode: 'status', status: 429, retryAfter: '600' })
    const failing = await register(url)
    await untilState(url, failing, 'maas', 'retrying')
    await untilState(url, failing, 'dmitri', 'retrying')
    await untilState(url, failing, 'senninha', 'delivered')
    const before = system.simulator.summaryOf('senninha').requests
    system.simulator.setDials('senninha', { latencyMs: 1_000 })
    const id = await register(url)
    await untilState(url, id, 'senninha', 'delivering')
    await shiftClock(pid, shiftMs)
    system.simulator.setDials('maas', {})
    system.simulator.setDials('dmitri', {})
    await untilDelivered(url, [failing, id])
    system.simulator.setDials('senninha', {})
    expect([shiftMs, system.simulator.summaryOf('senninha').requests - before]).toEqual([shiftMs, 1])
    expect([shiftMs, (await deliveriesOf(url, id))['senninha']?.attempts]).toEqual([shiftMs, 1])
  }
  await expectPromisesKept(system, url)
})

test('row 32: what was parked while the clock was ahead waits until the clock has caught up, and no longer', async () => {
  const { env, shiftClock } = createTrouble(system)
  const { url, pid } = await system.start(env)
  system.simulator.setDials('maas', { mode: 'down' })
  await shiftClock(pid, 4_000)
  const ahead = await register(url)
  await untilState(url, ahead, 'maas', 'parked')
  await shiftClock(pid, 0)
  system.simulator.setDials('maas', {})
  const after = await register(url)
  await untilDelivered(url, [after])
  await untilDelivered(url, [ahead], { timeoutMs: 30_000 })
  await expectPromisesKept(system, url)
})

test('row 33: an event loop that stands still fails its health check, and goes on where it was', async () => {
  const { env, block } = createTrouble(system)
  const { url, pid } = await system.start(env)
  system.simulator.setDials('senninha', { latencyMs: 500 })
  const id = await register(url)
  await untilState(url, id, 'senninha', 'delivering')
  await block(pid, 5_000)
  const isSilent = () =>
    fetch(`${url}/health/live`, { signal: AbortSignal.timeout(1_000) }).then(
      () => false,
      (error: unknown) => String(error).includes('timeout'),
    )
  await waitFor('a health check without an answer', isSilent)
  await untilDelivered(url, [id])
  expect((await deliveriesOf(url, id))['senninha']?.attempts).toBe(1)
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  await expectPromisesKept(system, url)
})

test('row 33: without a file descriptor left nothing is called or lost, and all of it is delivered once there are some', async () => {
  const { url, lines } = await system.start({}, undefined, (command) => `ulimit -n 64 && ${command}`)
  // Each attempt needs a connection of its own.
  for (const name of SYSTEMS) system.simulator.setDials(name, { mode: 'reset' })
  const id = await register(url)
  const sockets: Socket[] = []
  const hasNone = () =>
    SYSTEMS.every((name) => lines.some((line) => line.includes(name) && line.includes('"cause":"network"')))
  // The attempts free a descriptor now and then, and somebody takes it.
  const takeOne = () => {
    if (hasNone()) return true
    sockets.push(connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined))
    return false
  }
  await waitFor('no file descriptor left for any system', takeOne, { timeoutMs: 30_000 })
  for (const name of SYSTEMS) system.simulator.setDials(name, {})
  for (const socket of sockets) socket.destroy()
  await untilDelivered(url, [id])
  await expectPromisesKept(system, url)
})
