import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations } from '../support/operations.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'
import { createTrouble } from '../support/trouble.ts'

const CRASHING = join(import.meta.dirname, 'crash.entry.ts')

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const oneEffectEach = (centers: number) => {
  for (const name of SYSTEMS) {
    const { effects, duplicates } = system.simulator.summaryOf(name)
    expect([name, effects, duplicates]).toEqual([name, centers, 0])
  }
}

describe('killed with SIGKILL at a named step', () => {
  test('row 1: before the commit, nothing is kept, and a retry of the client creates the center once', async () => {
    const first = await system.start({ CRASH_AT: 'before-commit' }, CRASHING)
    await expect(system.client.post(first.url, sampleRegistration(1))).rejects.toThrow('fetch failed')
    expect(await first.ended).toBeNull()
    const second = await system.start()
    const list = await fetch(`${second.url}/v1/distribution-centers`)
    expect(await list.json()).toEqual({ items: [] })
    const answer = await system.client.post(second.url, sampleRegistration(1))
    expect(answer.status).toBe(201)
    await waitFor('one effect at dmitri', () => system.simulator.effects('dmitri'), {
      until: (effects) => effects.length === 1,
    })
    await expectPromisesKept(system, second.url)
  })

  test('rows 2 and 3: after the commit, which is the publication too, a retry gets the same center, delivered once', async () => {
    const first = await system.start({ CRASH_AT: 'after-commit' }, CRASHING)
    await expect(system.client.post(first.url, sampleRegistration(1))).rejects.toThrow('fetch failed')
    const second = await system.start()
    const answer = await system.client.post(second.url, sampleRegistration(1))
    expect(answer.status).toBe(200)
    const center = await system.client.register(second.url, sampleRegistration(1))
    await untilDelivered(second.url, [center.id])
    oneEffectEach(1)
    await expectPromisesKept(system, second.url)
  })

  test.each(['after-claim', 'after-call', 'after-settle'])(
    'row 7: %s, what was answered 2xx reaches every system, each once, without a person',
    async (step) => {
      const first = await system.start({ CRASH_AT: step }, CRASHING)
      // The answer may be cut off by the crash; either way the center was committed before the claim.
      await system.client.post(first.url, sampleRegistration(1)).catch(() => undefined)
      expect(await first.ended).toBeNull()
      const second = await system.start()
      const center = await system.client.register(second.url, sampleRegistration(1))
      await untilDelivered(second.url, [center.id])
      oneEffectEach(1)
      await expectPromisesKept(system, second.url)
    },
  )

  // Open events are first looked at after 10 s: its clock is a minute ahead from the moment that the parked rows are there.
  test.each(['after-look', 'after-close', 'after-due', 'after-recovery'])(
    'row 6: a sweep ends %s; the next process closes, hands over and brings back what is left, each once',
    async (step) => {
      const { env, shiftClock } = createTrouble(system)
      const first = await system.start({ ...env, CRASH_AT: step }, CRASHING)
      system.simulator.setDials('maas', { mode: 'down' })
      const centers = await Promise.all(
        [1, 2, 3].map((n) => system.client.register(first.url, sampleRegistration(n))),
      )
      await shiftClock(first.pid, 60_000)
      expect(await first.ended).toBeNull()
      system.simulator.setDials('maas', {})
      const second = await system.start(env)
      await shiftClock(second.pid, 60_000)
      await untilDelivered(
        second.url,
        centers.map(({ id }) => id),
      )
      await createOperations(second.url).untilNoOpenEvents()
      oneEffectEach(centers.length)
      await expectPromisesKept(system, second.url)
    },
  )
})

test('killed again and again under load, everything answered 2xx arrives, each once', async () => {
  const accepted: string[] = []
  let n = 0
  for (let round = 0; round < 3; round++) {
    const mensageria = await system.start()
    const workers = Array.from({ length: 8 }, async () => {
      for (;;) {
        n += 1
        const answer = await system.client.post(mensageria.url, sampleRegistration(n)).catch(() => undefined)
        if (!answer) return
        const body: unknown = await answer.json().catch(() => undefined)
        if (answer.status === 201 && typeof body === 'object' && body !== null && 'id' in body)
          accepted.push(String(body.id))
        if (accepted.length === (round + 1) * 60) void mensageria.stop('SIGKILL')
      }
    })
    await Promise.all(workers)
    await mensageria.ended
  }
  const last = await system.start()
  await untilDelivered(last.url, accepted)
  for (const name of SYSTEMS) {
    const seen = new Set(system.simulator.effects(name).map(({ centerId }) => centerId))
    expect(accepted.filter((id) => !seen.has(id))).toEqual([])
    expect(system.simulator.summaryOf(name).duplicates).toBe(0)
  }
  await expectPromisesKept(system, last.url)
})
