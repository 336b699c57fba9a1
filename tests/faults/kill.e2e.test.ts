import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { join } from 'node:path'
import {
  allDelivered,
  eventually,
  openTestSystem,
  post,
  register,
  type TestSystem,
} from '../support/system.ts'

const CRASHING = join(import.meta.dirname, 'crash.entry.ts')

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const oneEffectEach = (centers: number) => {
  const summary = system.simulator.summary()
  for (const name of ['senninha', 'maas', 'dmitri'] as const) {
    expect([name, summary[name].effects, summary[name].duplicates]).toEqual([name, centers, 0])
  }
}

describe('killed with SIGKILL at a named step', () => {
  test('row 1: before the commit, nothing is kept, and a retry of the client creates the centre once', async () => {
    const first = await system.start({ CRASH_AT: 'before-commit' }, CRASHING)
    await expect(post(first.url, sampleRegistration(1))).rejects.toThrow('fetch failed')
    expect(await first.ended).toBeNull()
    const second = await system.start()
    const list = await fetch(`${second.url}/v1/distribution-centers`)
    expect(await list.json()).toEqual({ items: [] })
    const answer = await post(second.url, sampleRegistration(1))
    expect(answer.status).toBe(201)
    await eventually(() => system.simulator.effects('dmitri').length === 1)
  })

  test('rows 2 and 3: after the commit, which is the publication too, a retry gets the same centre, delivered once', async () => {
    const first = await system.start({ CRASH_AT: 'after-commit' }, CRASHING)
    await expect(post(first.url, sampleRegistration(1))).rejects.toThrow('fetch failed')
    const second = await system.start()
    const answer = await post(second.url, sampleRegistration(1))
    expect(answer.status).toBe(200)
    const center = await register(second.url, sampleRegistration(1))
    await eventually(() => allDelivered(second.url, [center.id]))
    oneEffectEach(1)
  })

  test.each(['after-claim', 'after-call', 'after-settle'])(
    'row 7: %s, what was answered 2xx reaches every system, each once, without a person',
    async (step) => {
      const first = await system.start({ CRASH_AT: step }, CRASHING)
      // The answer may be cut off by the crash; either way the centre was committed before the claim.
      await post(first.url, sampleRegistration(1)).catch(() => undefined)
      expect(await first.ended).toBeNull()
      const second = await system.start()
      const center = await register(second.url, sampleRegistration(1))
      await eventually(() => allDelivered(second.url, [center.id]))
      oneEffectEach(1)
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
        const answer = await post(mensageria.url, sampleRegistration(n)).catch(() => undefined)
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
  await eventually(() => allDelivered(last.url, accepted))
  for (const name of ['senninha', 'maas', 'dmitri'] as const) {
    const seen = new Set(system.simulator.effects(name).map(({ centerId }) => centerId))
    expect(accepted.filter((id) => !seen.has(id))).toEqual([])
    expect(system.simulator.summary()[name].duplicates).toBe(0)
  }
})
