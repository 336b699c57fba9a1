import { openEmbeddedWorld } from './embedded-world.ts'
import { runChaos } from './run-chaos.ts'
import type { World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openEmbeddedWorld()
})
afterEach(() => world.close())

// The long run is `npm run chaos`: see docs/chaos-report.md. This one shows that it works, in the time of an end-to-end test.
test('row 40: everything at once, for some seconds: every promise is kept after healing and draining', async () => {
  const said: string[] = []
  const { load, faults, violations } = await runChaos(world, {
    // A log that nobody reads, a flush that fails under it, and a clock that jumps.
    seed: 9434,
    forMs: 12_000,
    perSecond: 10,
    // A new version waits up to 75 s for an older one in doubt: too long here.
    updateShare: 0,
    patienceMs: 240_000,
    say: (text) => said.push(text),
  })
  expect(said[0]).toMatch(/^Seed 9434: 3 faults/)
  expect(faults.map(({ kind }) => kind).toSorted()).toEqual([
    'clock jumps',
    'disk: EIO of a flush',
    'log pipe full',
  ])
  expect(load.acceptedAt.size).toBeGreaterThan(0)
  for (const [kind, found] of Object.entries(violations)) expect([kind, found]).toEqual([kind, []])
})

test('a run in which an answer was a lie is found out', async () => {
  // Somebody was told of a center that nobody has.
  world.client.log.answers.push({ centerId: 'b1a5c1de-0000-5000-8000-000000000001', version: 1 })
  const { violations } = await runChaos(world, {
    seed: 29,
    forMs: 0,
    perSecond: 10,
    updateShare: 0,
    patienceMs: 60_000,
    say: () => undefined,
  })
  expect([violations.lost.length, violations.invisible.length]).toEqual([4, 4])
})
