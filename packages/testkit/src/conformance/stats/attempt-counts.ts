import type { MinuteOfAttempts } from '@mensageria/core'
import { useEngine, type OpenEngine } from '../engine-under-test.ts'

const minuteAt = (time: string): number => Date.parse(`2026-11-20T${time}:00Z`)
const minute = (time: string, delivered: number, failed: number): MinuteOfAttempts => ({
  at: minuteAt(time),
  delivered,
  failed,
})
const NOW = minuteAt('12:20') + 59_999

/** What the stats of every engine must say of the attempts of the last hour. */
export const describeAttemptCounts = (name: string, open: OpenEngine): void => {
  describe(`stats, attempts of a minute: ${name}`, () => {
    const store = useEngine(open)

    test('an hour without attempts has no minutes', async () => {
      expect(await store.stats.lastHour(['maas', 'dmitri'], NOW)).toEqual({ maas: [], dmitri: [] })
      expect(await store.stats.lastHour([], NOW)).toEqual({})
      await store.stats.addAttempts('maas', [])
      expect(await store.stats.lastHour(['maas'], NOW)).toEqual({ maas: [] })
    })

    test('what is added to a minute is added up, for each integration apart', async () => {
      await store.stats.addAttempts('maas', [minute('12:19', 3, 0), minute('12:20', 1, 2)])
      await store.stats.addAttempts('maas', [minute('12:20', 4, 1)])
      await store.stats.addAttempts('dmitri', [minute('12:20', 0, 9)])
      expect(await store.stats.lastHour(['maas', 'dmitri', 'senninha'], NOW)).toEqual({
        maas: [minute('12:19', 3, 0), minute('12:20', 5, 3)],
        dmitri: [minute('12:20', 0, 9)],
        senninha: [],
      })
    })

    test('nothing is lost where many add at once', async () => {
      await Promise.all(
        Array.from({ length: 20 }, () => store.stats.addAttempts('maas', [minute('12:20', 2, 1)])),
      )
      expect(await store.stats.lastHour(['maas'], NOW)).toEqual({ maas: [minute('12:20', 40, 20)] })
    })

    test('shows the last 60 minutes, over the end of an hour and of a day, oldest first', async () => {
      const hour = [
        minute('12:20', 1, 0),
        minute('11:20', 2, 0),
        minute('11:21', 3, 0),
        minute('12:00', 4, 0),
      ]
      await store.stats.addAttempts('maas', hour)
      await store.stats.addAttempts('maas', [minute('12:21', 5, 0)])
      expect(await store.stats.lastHour(['maas'], NOW)).toEqual({
        maas: [minute('11:21', 3, 0), minute('12:00', 4, 0), minute('12:20', 1, 0)],
      })
      await store.stats.addAttempts('maas', [
        minute('23:59', 6, 0),
        { at: minuteAt('23:59') + 60_000, delivered: 7, failed: 0 },
      ])
      const { maas } = await store.stats.lastHour(['maas'], minuteAt('23:59') + 90_000)
      expect(maas?.map(({ delivered }) => delivered)).toEqual([6, 7])
    })
  })
}
