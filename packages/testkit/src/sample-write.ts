import { centerIdOf, toEvent, type DistributionCenter } from '@mensageria/contracts'
import type { CenterWrite, IdempotencyRecord } from '@mensageria/delivery'
import { sampleRegistration } from './sample-registration.ts'

/** When sample centre 0 was created; number `n` follows `n` seconds later. */
export const SAMPLE_TIME = Date.parse('2026-11-20T12:00:00.000Z')

export const SAMPLE_TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

const iso = (ms: number): string => new Date(ms).toISOString()

/** The id of sample centre number `n`. */
export const sampleCenterId = (n: number): string => centerIdOf(sampleRegistration(n).taxId)

/** Sample centre number `n` at a version; each version has another street number and another time. */
export const sampleCenter = (n: number, version = 1): DistributionCenter => {
  const registration = sampleRegistration(n)
  const createdAt = SAMPLE_TIME + n * 1000
  return {
    id: sampleCenterId(n),
    version,
    createdAt: iso(createdAt),
    updatedAt: iso(createdAt + (version - 1) * 100),
    ...registration,
    address: { ...registration.address, number: `km ${n}, v${version}` },
  }
}

/** The commit of that version. */
export const sampleWrite = (n: number, version = 1, requestId = `request-${n}-${version}`): CenterWrite => {
  const center = sampleCenter(n, version)
  return {
    stored: { center, requestId, traceparent: SAMPLE_TRACEPARENT },
    event: toEvent(center, SAMPLE_TRACEPARENT),
  }
}

/** The kept answer to the registration of sample centre number `n`. */
export const sampleRecord = (n: number, change: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  caller: 'tool-a',
  key: `key-${n}`,
  fingerprint: `fingerprint-${n}`,
  status: 201,
  center: sampleCenter(n),
  expiresAt: SAMPLE_TIME + 86_400_000,
  ...change,
})
