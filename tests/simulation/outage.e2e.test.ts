import { runOutage } from './run-outage.ts'

// The same with real processes and short clocks is the story named outage, in tests/stories, on both engines.
test.each([1, 2, 3, 4, 5])(
  'a system that is away for three days gets everything when it is back, once each, and nobody did anything: seed %d',
  async (seed) => {
    const outage = await runOutage(seed)
    expect(outage).toMatchObject({ findings: [], isDone: true, operations: 0, effectsWhileDown: 0 })
    // The broker had given up: what came back was brought by the sweeper.
    expect(outage.parked).toBeGreaterThan(15)
    expect(outage.effects + outage.refused).toBe(24)
  },
  120_000,
)
