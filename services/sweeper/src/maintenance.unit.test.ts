import { createMaintenance, type MaintenanceDeps } from './maintenance.ts'

const createPart = (
  parts: Partial<Pick<MaintenanceDeps, 'countStats' | 'retire' | 'backfill' | 'logDay'>> = {},
) => {
  const lines: unknown[] = []
  const counted: number[] = []
  const done: string[] = []
  let now = 0
  const note = (fields: unknown, message?: string) => lines.push([message, fields])
  const maintenance = createMaintenance({
    countStats: (at) => {
      counted.push(at)
      done.push('stats')
      return parts.countStats?.(at) ?? Promise.resolve([])
    },
    retire: async (deadline) => {
      done.push(`retire until ${deadline}`)
      return parts.retire?.(deadline) ?? {}
    },
    logDay: async () => {
      done.push('report')
      await parts.logDay?.()
    },
    backfill: async () => {
      done.push('backfill')
      return parts.backfill?.() ?? []
    },
    intervalMs: 50_000,
    clock: { now: () => 1_000_000 + now, monotonic: () => now },
    logger: { info: note, warn: note, error: note },
  })
  return { run: () => maintenance(now + 9_000), counted, done, lines, wait: (ms: number) => (now += ms) }
}

test('are done at once, and then no sooner than the interval, also while a round is under way', async () => {
  const { run, counted, done, wait } = createPart()
  await Promise.all([run(), run()])
  wait(49_999)
  await run()
  expect(counted).toEqual([1_000_000])
  // A day is told of when the count that begins the next one is over.
  expect(done).toEqual(['retire until 9000', 'stats', 'report', 'backfill'])
  wait(1)
  await run()
  expect(counted).toEqual([1_000_000, 1_050_000])
})

test('one that fails is told, keeps no other from its turn, and comes again with the next sweep', async () => {
  const { run, counted, done, lines } = createPart({
    retire: () => Promise.reject(new Error('no rows')),
    countStats: () => Promise.reject(new Error('away')),
    logDay: () => Promise.reject(new Error('no day')),
  })
  await run()
  await run()
  expect(counted).toHaveLength(2)
  expect(done.filter((one) => one === 'backfill')).toHaveLength(2)
  expect(lines.slice(0, 3)).toEqual([
    ['retire.failed', { err: new Error('no rows') }],
    ['stats.failed', { err: new Error('away') }],
    ['report.failed', { err: new Error('no day') }],
  ])
})

test('what they found is told by integration', async () => {
  const { run, lines } = createPart({
    retire: async () => ({ old: 7 }),
    countStats: async () => [{ integration: 'maas', count: 3 }],
    backfill: async () => ['maas'],
  })
  await run()
  expect(lines).toEqual([
    ['integration.retired', { integration: 'old', rows: 7 }],
    ['stats.unaccounted', { integration: 'maas', count: 3 }],
    ['integration.backfilled', { integration: 'maas' }],
  ])
})
