import { emptyCounts } from '@mensageria/core'
import { startConsole } from './testing/start-console.ts'

// As an engine has them that counts once a minute.
const stats = {
  ofIntegration: async () => ({ counts: emptyCounts(), asOf: Date.parse('2026-11-24T12:00:00.000Z') }),
  failureGroups: async () => [],
  totals: async () => ({
    accepted: 0,
    openEvents: 0,
    owed: {},
    asOf: Date.parse('2026-11-24T12:00:00.000Z'),
  }),
}

test.each(['integrations/maas', 'summary'])('%s says when its numbers were counted', async (path) => {
  await using counted = await startConsole({ standIns: { stats } })
  expect(await counted.get(path)).toMatchObject({ body: { asOf: '2026-11-24T12:00:00.000Z' } })
})

test.each(['integrations/maas', 'summary'])('%s is of now where they are live', async (path) => {
  await using live = await startConsole()
  const before = new Date().toISOString()
  const { body } = await live.get(path)
  expect(body).toMatchObject({ asOf: expect.any(String) })
  expect(JSON.parse(JSON.stringify(body)).asOf >= before).toBe(true)
})
