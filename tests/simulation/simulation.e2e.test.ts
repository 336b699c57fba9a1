import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runSeed } from './run-seed.ts'

const SIMULATE = join(import.meta.dirname, 'simulate.ts')
const run = promisify(execFile)

test('row 45: ten thousand seeds of crashes, losses, duplicates, delays, outages and clocks that jump break no promise', async () => {
  // A process of its own: Jest's sandbox makes the core several times slower.
  const { stdout } = await run(process.execPath, [SIMULATE, '--seeds', '10000'])
  expect(JSON.parse(stdout)).toMatchObject({ seeds: 10_000, broken: [] })
}, 300_000)

test('a seed is a run: the same again, another one otherwise', async () => {
  const first = await runSeed(7)
  expect(await runSeed(7)).toEqual(first)
  expect({ ...(await runSeed(8)), seed: 7 }).not.toEqual(first)
  expect(first.calls).toBeGreaterThan(0)
})

// What the simulation cannot see is not shown by it.
test.each([
  ['no-compare-and-set', 'overlap'],
  ['no-lease-age', 'overlap'],
  ['wall-clock-age', 'not finished'],
  ['every-plan-believed', 'not finished'],
  ['acknowledge-always', 'acknowledged too early'],
  ['no-sweep', 'stuck'],
  ['no-shared-rate', 'too fast'],
  ['no-backfill', 'not finished'],
])('a world with %s is found out, with its seed and the way to run it again', async (sabotage, finding) => {
  const found = await run(process.execPath, [SIMULATE, '--seeds', '2000', '--sabotage', sabotage]).then(
    () => 'nothing',
    (error: { stderr: string }) => error.stderr,
  )
  expect(found).toContain(finding)
  expect(found).toMatch(/Seed \d+ broke a promise; again: npm run simulate -- --seed \d+/)
})
