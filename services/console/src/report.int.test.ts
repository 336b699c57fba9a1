import { dayOf } from '@mensageria/core'
import { startConsole } from './testing/start-console.ts'

test('a day in numbers, with the states of now', async () => {
  await using console = await startConsole()
  await console.put(1, 'parked')
  await console.put(2)
  const { status, body } = await console.get('report')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    day: dayOf(Date.now()),
    accepted: 2,
    openEvents: 2,
    balanced: true,
    integrations: [
      {
        name: 'maas',
        owed: 2,
        delivered: 0,
        states: { waiting: 1, parked: 1 },
        oldestOpenAt: expect.any(String),
      },
      { name: 'dmitri', owed: 2, delivered: 0, states: { waiting: 2, parked: 0 } },
    ],
  })
  // The day on which the sample centers are made.
  expect(await console.get('report?day=2026-11-20')).toMatchObject({
    body: { day: '2026-11-20', registered: 2, updated: 0 },
  })
})

test.each(['yesterday', '2026-02-30', ''])('%p is no day', async (day) => {
  await using console = await startConsole()
  expect(await console.get(`report?day=${day}`)).toMatchObject({ status: 400 })
})

test('a store that is away is a 503', async () => {
  const ofDay = () => Promise.reject(new Error('away'))
  await using console = await startConsole({ standIns: { stats: { ofDay } } })
  expect(await console.get('report')).toMatchObject({ status: 503 })
})
