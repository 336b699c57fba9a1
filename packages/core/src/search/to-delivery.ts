import type { Delivery } from '@mensageria/contracts'
import { backoffMs } from '../deliver/backoff.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import type { RetryPolicy } from '../model/settings.ts'
import { shownState } from './matches.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

// An estimate for people: the broker keeps its own time, and only `dueAt` decides anything.
const estimateNextAttempt = (row: DeliveryRow, retry: RetryPolicy): number | undefined => {
  const earliest = row.notBefore ?? 0
  if (row.state === 'retrying')
    return Math.max((row.lastFailure?.at ?? 0) + backoffMs(retry, row.attempts), earliest)
  if (row.state === 'parked') return Math.max(row.dueAt, earliest)
  return undefined
}

const isoOrAbsent = <T>(ms: number | undefined, field: (at: string) => T): T | undefined =>
  ms === undefined ? undefined : field(iso(ms))

/**
 * The row as people see it. Where there is none, or it is below the center's version, the delivery is `waiting`: not
 * picked up yet for this version.
 */
export const toDelivery = (
  row: DeliveryRow | undefined,
  center: { id: string; version: number },
  settings: { name: string; retry: RetryPolicy },
): Delivery => {
  if (row === undefined || row.state === 'retired' || shownState(row, center.version) === 'waiting') {
    return {
      integration: settings.name,
      centerId: center.id,
      version: center.version,
      deliveredVersion: row?.deliveredVersion ?? 0,
      state: 'waiting',
      attempts: 0,
      ...(row?.externalId === undefined ? {} : { externalId: row.externalId }),
      ...(row?.simulated === undefined ? {} : { simulated: true }),
      history: row?.history ?? [],
    }
  }
  const { lastFailure } = row
  return {
    integration: row.integration,
    centerId: row.centerId,
    version: row.version,
    deliveredVersion: row.deliveredVersion,
    state: row.state,
    attempts: row.attempts,
    ...isoOrAbsent(row.firstAttemptAt, (firstAttemptAt) => ({ firstAttemptAt })),
    ...isoOrAbsent(row.lastAttemptAt, (lastAttemptAt) => ({ lastAttemptAt })),
    ...isoOrAbsent(estimateNextAttempt(row, settings.retry), (nextAttemptAt) => ({ nextAttemptAt })),
    ...isoOrAbsent(row.notBefore, (notBefore) => ({ notBefore })),
    ...isoOrAbsent(row.parkedAt, (parkedAt) => ({ parkedAt })),
    ...(lastFailure === undefined
      ? {}
      : {
          lastFailure: {
            kind: lastFailure.kind,
            cause: lastFailure.cause,
            ...(lastFailure.httpStatus === undefined ? {} : { httpStatus: lastFailure.httpStatus }),
            message: lastFailure.message,
            at: iso(lastFailure.at),
          },
        }),
    ...(row.externalId === undefined ? {} : { externalId: row.externalId }),
    ...(row.simulated === undefined ? {} : { simulated: true }),
    history: row.history,
  }
}
