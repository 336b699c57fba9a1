import { createAttemptCounter } from './attempt-counter.ts'
import { startConsole } from './testing/start-console.ts'

test('the attempts of the last hour are shown minute by minute, for every integration', async () => {
  const attempts = createAttemptCounter({ now: () => Date.parse('2026-11-02T12:34:56.000Z') })
  attempts.count('maas', true)
  attempts.count('maas', false)
  await using console = await startConsole({ attempts })
  const { status, body } = await console.get('attempts')
  const nothing = expect.objectContaining({ delivered: 0, failed: 0 })
  expect([status, body]).toEqual([
    200,
    {
      since: '2026-11-02T12:34:56.000Z',
      items: [
        {
          integration: 'maas',
          minutes: [
            ...Array.from({ length: 59 }, () => nothing),
            { at: '2026-11-02T12:34:00.000Z', delivered: 1, failed: 1 },
          ],
        },
        { integration: 'dmitri', minutes: Array.from({ length: 60 }, () => nothing) },
      ],
    },
  ])
})
