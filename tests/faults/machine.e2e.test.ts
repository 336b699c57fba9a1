import type { Delivery } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { connect, type Socket } from 'node:net'
import { expectPromisesKept } from '../support/promises.ts'
import {
  allDelivered,
  deliveriesOf,
  eventually,
  openTestSystem,
  SYSTEMS,
  type TestSystem,
} from '../support/system.ts'
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
const rowIs = async (url: string, id: string, name: string, ...states: Delivery['state'][]) => {
  const row = (await deliveriesOf(url, id))[name]
  return row !== undefined && states.includes(row.state)
}

test('row 32: the clock jumps by minutes and by days, both ways: no lease ends early, and no retry waits for the jump', async () => {
  const { env, shiftClock } = createTrouble(system)
  // What failed stays the broker's.
  const { url, pid } = await system.start({ ...env, MAX_DELIVERY_ATTEMPTS: '1000' })
  for (const shiftMs of [10 * MINUTE, -10 * MINUTE, DAY, -DAY, 0]) {
    const before = system.simulator.summary().senninha.requests
    // A call in work, a failure, and one with a Retry-After.
    system.simulator.setDials('senninha', { latencyMs: 1_000 })
    system.simulator.setDials('maas', { mode: 'down' })
    system.simulator.setDials('dmitri', { mode: 'status', status: 429, retryAfter: '600' })
    const id = await register(url)
    await eventually(() => rowIs(url, id, 'maas', 'retrying'))
    await eventually(() => rowIs(url, id, 'dmitri', 'retrying'))
    await eventually(() => rowIs(url, id, 'senninha', 'delivering'))
    await shiftClock(pid, shiftMs)
    system.simulator.setDials('maas', {})
    system.simulator.setDials('dmitri', {})
    await eventually(() => allDelivered(url, [id]))
    expect([shiftMs, system.simulator.summary().senninha.requests - before]).toEqual([shiftMs, 1])
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
  await eventually(() => rowIs(url, ahead, 'maas', 'parked'))
  await shiftClock(pid, 0)
  system.simulator.setDials('maas', {})
  const after = await register(url)
  await eventually(() => allDelivered(url, [after]))
  await eventually(() => allDelivered(url, [ahead]), 30_000)
  await expectPromisesKept(system, url)
})

test('row 33: an event loop that stands still fails its health check, and goes on where it was', async () => {
  const { env, block } = createTrouble(system)
  const { url, pid } = await system.start(env)
  system.simulator.setDials('senninha', { latencyMs: 500 })
  const id = await register(url)
  await eventually(() => rowIs(url, id, 'senninha', 'delivering'))
  await block(pid, 5_000)
  const isSilent = () =>
    fetch(`${url}/health/live`, { signal: AbortSignal.timeout(1_000) }).then(
      () => false,
      (error: unknown) => String(error).includes('timeout'),
    )
  await eventually(isSilent)
  await eventually(() => allDelivered(url, [id]))
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
  await eventually(() => {
    if (hasNone()) return true
    sockets.push(connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined))
    return false
  }, 30_000)
  for (const name of SYSTEMS) system.simulator.setDials(name, {})
  for (const socket of sockets) socket.destroy()
  await eventually(() => allDelivered(url, [id]))
  await expectPromisesKept(system, url)
})
