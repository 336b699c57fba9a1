import { FieldValue, Timestamp, type DocumentSnapshot } from '@google-cloud/firestore'
import type { MinuteOfAttempts, Stats } from '@mensageria/core'
import type { Connection } from '../firestore/connect-firestore.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
// An hour is shown until the next one has ended.
const KEPT_MS = 3 * HOUR_MS

const startOfHour = (ms: number): number => ms - (ms % HOUR_MS)

const countOf = (minutes: Record<string, Record<string, number>>, minute: string, name: string): number =>
  minutes[minute]?.[name] ?? 0

const minutesOf = (snapshot: DocumentSnapshot, hour: number): MinuteOfAttempts[] => {
  const minutes: Record<string, Record<string, number>> = snapshot.get('minutes') ?? {}
  return Object.keys(minutes).map((minute) => ({
    at: hour + Number(minute) * MINUTE_MS,
    delivered: countOf(minutes, minute, 'delivered'),
    failed: countOf(minutes, minute, 'failed'),
  }))
}

/**
 * The attempts of the stats port: a document for each integration and hour, to which each of its processes adds now and then.
 * The last hour is two documents of each integration, read by their names.
 */
export const createAttemptCounts = ({
  firestore,
  run,
}: Connection): Pick<Stats, 'addAttempts' | 'lastHour'> => {
  const hours = firestore.collection('attempts')
  const refOf = (integration: string, hour: number) =>
    hours.doc(`${integration}~${new Date(hour).toISOString().slice(0, 13)}`)
  return {
    addAttempts: async (integration, minutes) => {
      const batch = firestore.batch()
      for (const [hour, some] of Map.groupBy(minutes, ({ at }) => startOfHour(at))) {
        const added = some.map(({ at, delivered, failed }) => [
          String((at - hour) / MINUTE_MS),
          { delivered: FieldValue.increment(delivered), failed: FieldValue.increment(failed) },
        ])
        const fields = { minutes: Object.fromEntries(added), expireAt: Timestamp.fromMillis(hour + KEPT_MS) }
        batch.set(refOf(integration, hour), fields, { merge: true })
      }
      if (minutes.length > 0) await run(() => batch.commit())
    },
    lastHour: async (integrations, now) => {
      if (integrations.length === 0) return {}
      const shown = [startOfHour(now - HOUR_MS), startOfHour(now)]
      const asked = integrations.flatMap((name) => shown.map((hour) => ({ name, hour })))
      const found = await run(() => firestore.getAll(...asked.map(({ name, hour }) => refOf(name, hour))))
      const isShown = ({ at }: MinuteOfAttempts) => at > now - HOUR_MS && at <= now
      return Object.fromEntries(
        integrations.map((name) => [
          name,
          asked
            .flatMap((one, index) => {
              const snapshot = found[index]
              return one.name === name && snapshot ? minutesOf(snapshot, one.hour) : []
            })
            .filter(isShown)
            .toSorted((a, b) => a.at - b.at),
        ]),
      )
    },
  }
}
