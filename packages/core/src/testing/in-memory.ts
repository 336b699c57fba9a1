import { centerIdOf, toEvent, type DistributionCenter, type Registration } from '@mensageria/contracts'
import { blankRow, dueAtOf, type DeliveryRow, type RowKey } from '../model/delivery-row.ts'
import type {
  CenterStore,
  Clock,
  IdempotencyRecord,
  IdempotencyWrite,
  Ids,
  Ledger,
  StoredCenter,
} from '../ports/index.ts'
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

/** Ids in order of use: id-1, id-2, ...; `random` in the middle, so that jitter changes nothing. */
export const createTestIds = (): Ids => {
  let count = 0
  return { next: () => `id-${(count += 1)}`, traceparent: () => TRACEPARENT, random: () => 0.5 }
}

/** How one write goes wrong: it fails, or it is made and its answer is lost. */
export type Fault = 'throws' | 'throws-but-written' | 'refused' | 'refused-but-written'

const withFault = async <T>(fault: Fault | undefined, write: () => T, refused: T): Promise<T> => {
  if (fault === 'throws') throw new Error('the store is away')
  if (fault === 'refused') return refused
  const written = write()
  if (fault === 'throws-but-written') throw new Error('the answer was lost')
  return fault === 'refused-but-written' ? refused : written
}

const keyOf = ({ integration, centerId }: RowKey): string => `${integration}~${centerId}`

/** A compare-and-set ledger. `calls` lists what was asked of it; `faults` are used up by its next writes, in order. */
export const createTestLedger = (clock: Clock) => {
  const rows = new Map<string, { row: DeliveryRow; revision: string; writtenAt: number }>()
  const calls: string[] = []
  const faults: Fault[] = []
  const lastDeliveredAt = new Map<string, number>()
  const put = (row: DeliveryRow): string => {
    const revision = String(Number(rows.get(keyOf(row))?.revision ?? 0) + 1)
    rows.set(keyOf(row), { row, revision, writtenAt: clock.monotonic() })
    if (row.state === 'delivered') lastDeliveredAt.set(row.integration, clock.now())
    return revision
  }
  const seen = (key: RowKey) => {
    const found = rows.get(keyOf(key))
    return found && { ...found, ageMs: clock.monotonic() - found.writtenAt }
  }
  const ledger: Ledger = {
    create: (row) => {
      calls.push('create')
      return withFault(faults.shift(), () => (rows.has(keyOf(row)) ? undefined : put(row)), undefined)
    },
    replace: (row, expected) => {
      calls.push('replace')
      const write = () => (rows.get(keyOf(row))?.revision === expected ? put(row) : undefined)
      return withFault(faults.shift(), write, undefined)
    },
    read: async (key) => {
      calls.push('read')
      return seen(key)
    },
    ofCenter: async (centerId) =>
      [...rows.values()].map(({ row }) => row).filter((row) => row.centerId === centerId),
    versions: async (centerIds) => {
      calls.push('versions')
      const versions: Record<string, Record<string, number>> = {}
      for (const { row } of rows.values()) {
        if (!centerIds.includes(row.centerId)) continue
        versions[row.centerId] = { ...versions[row.centerId], [row.integration]: row.version }
      }
      return versions
    },
    hasDue: async (integrations, now) =>
      [...rows.values()].some(
        ({ row }) => integrations.includes(row.integration) && (dueAtOf(row) ?? Infinity) <= now,
      ),
    due: async (integration, now, limit) =>
      [...rows.values()]
        .map(({ row }) => ({ row, dueAt: dueAtOf(row) ?? NaN }))
        .filter(({ row, dueAt }) => row.integration === integration && dueAt <= now)
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit)
        .flatMap(({ row }) => seen(row) ?? []),
    lastDeliveredAt: async (integration) => lastDeliveredAt.get(integration),
  }
  return { ...ledger, calls, faults, put, rowOf: (key: RowKey = KEY) => rows.get(keyOf(key))?.row }
}

const keptAs = ({ caller, key }: { caller: string; key: string }): string => `${caller} ${key}`

/** Centers and idempotency records; `events` are the outbox rows of its commits. */
export const createTestCenters = () => {
  const centers = new Map<string, StoredCenter & { revision: string }>()
  const kept = new Map<string, IdempotencyRecord & { revision: string }>()
  const calls: string[] = []
  const faults: Fault[] = []
  const events: string[] = []
  const put = (stored: StoredCenter) =>
    centers.set(stored.center.id, { ...stored, revision: String(stored.center.version) })
  const keep = ({ record, replaces }: IdempotencyWrite): boolean => {
    const before = kept.get(keptAs(record))
    if (before?.revision !== replaces) return false
    kept.set(keptAs(record), { ...record, revision: String(Number(before?.revision ?? 0) + 1) })
    return true
  }
  const refused = { committed: false } as const
  const store: CenterStore = {
    create: ({ stored, event, idempotency }) => {
      calls.push('create')
      const write = () => {
        if (centers.has(stored.center.id) || (idempotency && !keep(idempotency))) return refused
        put(stored)
        events.push(event.id)
        return { committed: true, published: false } as const
      }
      return withFault(faults.shift(), write, refused)
    },
    update: ({ stored, event, expected }) => {
      calls.push('update')
      const write = () => {
        if (centers.get(stored.center.id)?.revision !== expected) return refused
        put(stored)
        events.push(event.id)
        return { committed: true, published: false } as const
      }
      return withFault(faults.shift(), write, refused)
    },
    read: async (centerId) => {
      calls.push('read')
      return centers.get(centerId)
    },
    list: async () => ({ items: [...centers.values()].map(({ center }) => center) }),
    readIdempotency: async (caller, key) => {
      calls.push('readIdempotency')
      return kept.get(keptAs({ caller, key }))
    },
    saveIdempotency: async (write) => {
      calls.push('saveIdempotency')
      return withFault(faults.shift(), () => keep(write), false)
    },
  }
  return { ...store, calls, faults, events, put, kept }
}
