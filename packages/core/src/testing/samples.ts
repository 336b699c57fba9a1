import { centerIdOf, toEvent, type DistributionCenter, type Registration } from '@mensageria/contracts'
import { blankRow, type DeliveryRow, type RowKey } from '../model/delivery-row.ts'
import type { Clock, Ids } from '../ports/index.ts'
import type { IntegrationSettings } from '../model/settings.ts'

export const NOW = Date.parse('2026-11-20T12:00:00.000Z')

export const REGISTRATION: Registration = {
  name: 'CD Cajamar',
  taxId: '11222333000181',
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    district: 'Jordanesia',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
}

export const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
export const KEY: RowKey = { integration: 'maas', centerId: centerIdOf(REGISTRATION.taxId) }

export const SETTINGS: IntegrationSettings = {
  name: KEY.integration,
  retry: { minBackoffMs: 10_000, maxBackoffMs: 600_000, attemptsMax: 100 },
  recovery: { minIntervalMs: 60_000, maxIntervalMs: 600_000, windowMax: 16, ratePerSecond: 200 },
  concurrencyMax: 32,
}

export const centerOf = (version = 1, centerId = KEY.centerId): DistributionCenter => ({
  id: centerId,
  version,
  createdAt: new Date(NOW).toISOString(),
  updatedAt: new Date(NOW + version).toISOString(),
  ...REGISTRATION,
})

export const eventOf = (version = 1, centerId = KEY.centerId) =>
  toEvent(centerOf(version, centerId), TRACEPARENT)

type Fields = Omit<Extract<DeliveryRow, { state: 'parked' }>, 'state'>

/** A row in the given state; open rows are due a minute from now unless said. */
export const rowIn = (state: DeliveryRow['state'], overrides: Partial<Fields> = {}): DeliveryRow => {
  const { dueAt = NOW + 60_000, ...fields } = overrides
  const row = { ...blankRow(KEY, 1, 'old-token'), ...fields }
  if (state === 'rejected' || state === 'retired') return { ...row, state }
  if (state === 'delivered')
    return { ...row, deliveredVersion: overrides.deliveredVersion ?? row.version, state }
  return { ...row, state, dueAt }
}

/** Virtual time. `sleep` moves it at once, or with `manual` waits until `advance` has moved it far enough. */
export const createTestClock = ({ manual = false } = {}) => {
  let wall = NOW
  let monotonic = 0
  const sleepers: { at: number; wake: () => void }[] = []
  const advance = (ms: number) => {
    wall += ms
    monotonic += ms
    for (const { wake } of sleepers.filter(({ at }) => at <= monotonic)) wake()
  }
  const clock: Clock = {
    now: () => wall,
    monotonic: () => monotonic,
    sleep: (ms) => {
      const slept = new Promise<void>((wake) => {
        sleepers.push({ at: monotonic + ms, wake })
      })
      if (!manual) advance(ms)
      return slept
    },
  }
  return { ...clock, advance }
}

/** Any function of the text will do where nobody means harm. */
export const testDigest = (text: string): string => {
  let sum = 7
  for (const character of text) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0
  return sum.toString(16).padStart(64, '0').split('').toReversed().join('')
}

/** Ids in order of use: id-1, id-2, ...; `random` in the middle, so that jitter changes nothing. */
export const createTestIds = (): Ids => {
  let count = 0
  return {
    next: () => `id-${(count += 1)}`,
    traceparent: () => TRACEPARENT,
    random: () => 0.5,
    digest: testDigest,
  }
}
