import { startConsole } from './testing/start-console.ts'

const NOON = Date.parse('2026-11-02T12:00:00.000Z')
const NOW = NOON + 34 * 60_000 + 56_000

test('the attempts of the last hour are shown minute by minute, for every integration', async () => {
  await using console = await startConsole({ clock: { now: () => NOW } })
  await console.engine.stats.addAttempts('maas', [
    { at: NOON - 26 * 60_000, delivered: 9, failed: 9 },
    { at: NOON - 25 * 60_000, delivered: 2, failed: 0 },
    { at: NOON + 34 * 60_000, delivered: 1, failed: 3 },
  ])
  const { status, body } = await console.get('attempts')
  const nothing = expect.objectContaining({ delivered: 0, failed: 0 })
  expect([status, body]).toEqual([
    200,
    {
      items: [
        {
          integration: 'maas',
          minutes: [
            { at: '2026-11-02T11:35:00.000Z', delivered: 2, failed: 0 },
            ...Array.from({ length: 58 }, () => nothing),
            { at: '2026-11-02T12:34:00.000Z', delivered: 1, failed: 3 },
          ],
        },
        { integration: 'dmitri', minutes: Array.from({ length: 60 }, () => nothing) },
      ],
    },
  ])
})

test('a store that is away is said to be', async () => {
  const lastHour = () => Promise.reject(new Error('It is away'))
  await using console = await startConsole({ standIns: { stats: { lastHour } } })
  expect(await console.get('attempts')).toMatchObject({ status: 503 })
})
