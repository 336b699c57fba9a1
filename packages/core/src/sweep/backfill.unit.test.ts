import type { RedriveRequest } from '../model/redrive.ts'
import { createBackfill, decideBackfill } from './backfill.ts'

const NAMES = ['maas', 'dmitri']
const waitingAt = (integration: string) => ({ filter: { integration, states: ['waiting' as const] } })

test('as many that wait as there are open events are being followed', () => {
  expect(decideBackfill({ openEvents: 5, waiting: { maas: 5, dmitri: 0 } }, NAMES, [])).toEqual([])
})

test('where more wait, nobody would bring them', () => {
  expect(decideBackfill({ openEvents: 5, waiting: { maas: 5, dmitri: 6 } }, NAMES, [])).toEqual(['dmitri'])
})

test('one that is being backfilled is left alone, others are not', () => {
  const totals = { openEvents: 0, waiting: { maas: 1, dmitri: 1 } }
  expect(decideBackfill(totals, NAMES, [waitingAt('maas')])).toEqual(['dmitri'])
  const parked = { filter: { integration: 'maas', states: ['parked' as const] } }
  expect(decideBackfill(totals, ['maas'], [parked])).toEqual(['maas'])
})

test('begins one redrive of what waits, in the name of the system, and leaves what was before its time', async () => {
  const asked: RedriveRequest[] = []
  const backfill = createBackfill({
    stats: {
      totals: async () => ({ accepted: 3, openEvents: 1, owed: {}, waiting: { dmitri: 3, maas: 1 } }),
    },
    redrives: { active: async () => [] },
    requestRedrive: {
      create: async (request) => {
        asked.push(request)
        return { kind: 'refused', reason: 'empty' }
      },
    },
    integrations: NAMES.map((name) => ({ name })),
  })
  expect(await backfill()).toEqual(['dmitri'])
  expect(asked).toMatchObject([
    {
      filter: { integration: 'dmitri', states: ['waiting'], backfill: false },
      requestedBy: 'system',
      force: false,
    },
  ])
})
