import { blankRow, type DeliveryRow } from '@mensageria/delivery'
import { SAMPLE_TIME, sampleCenterId } from './sample-write.ts'

type Open = Extract<DeliveryRow, { dueAt: number }>

/** The row of sample centre number `n` at an integration, in a state that is open; due at `SAMPLE_TIME` unless said. */
export const openRow = (n: number, change: Partial<Open> = {}): DeliveryRow => ({
  ...blankRow({ integration: 'maas', centerId: sampleCenterId(n) }, 1, `token-${n}`),
  state: 'parked',
  dueAt: SAMPLE_TIME,
  ...change,
})

/** The row of sample centre number `n` at an integration, closed. */
export const closedRow = (
  n: number,
  state: 'delivered' | 'rejected',
  change: Partial<Omit<Open, 'state' | 'dueAt'>> = {},
): DeliveryRow => ({
  ...blankRow({ integration: 'maas', centerId: sampleCenterId(n) }, 1, `token-${n}`),
  deliveredVersion: state === 'delivered' ? 1 : 0,
  ...change,
  state,
})

/** A row with a value in every field that a row can have. */
export const fullRow = (n: number): DeliveryRow => ({
  ...openRow(n),
  version: 3,
  deliveredVersion: 2,
  attempts: 7,
  firstAttemptAt: SAMPLE_TIME,
  lastAttemptAt: SAMPLE_TIME + 1,
  notBefore: SAMPLE_TIME + 2,
  inDoubtUntil: SAMPLE_TIME + 3,
  parkedAt: SAMPLE_TIME + 4,
  recoveryFailures: 2,
  redrives: 1,
  lastFailure: {
    kind: 'transient',
    cause: 'http-503',
    httpStatus: 503,
    message: 'Indisponível: "tente de novo" \u{1F69A}',
    at: SAMPLE_TIME + 1,
  },
  externalId: 'prov/17~a',
  history: [
    { at: '2026-11-20T12:00:00.000Z', version: 2, by: 'push', durationMs: 12.5, result: 'delivered' },
    {
      at: '2026-11-20T12:00:01.000Z',
      version: 3,
      by: 'redrive r1',
      durationMs: 0,
      result: 'transient',
      cause: 'http-503',
      httpStatus: 503,
    },
  ],
})
