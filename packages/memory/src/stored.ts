import type { DistributionCenterEvent } from '@mensageria/contracts'
import type {
  AuditEntry,
  DayCounts,
  DeliveredBy,
  DeliveryRow,
  FailureNote,
  IdempotencyRecord,
  IntegrationState,
  IntegrationStats,
  OpenEvent,
  Redrive,
  RedriveLane,
  Revision,
  RowKey,
  StoredCenter,
  UnreadableMessage,
} from '@mensageria/core'

/** A center with its revision; `place` numbers the centers as they were accepted, times are epoch milliseconds. */
export type CenterEntry = StoredCenter & {
  revision: Revision
  createdAt: number
  acceptedAt: number
  place: number
}

/** An event; `nextCheckAt` is absent once it is closed. */
export type EventEntry = {
  event: DistributionCenterEvent
  open: OpenEvent
  nextCheckAt?: number
  closedAt?: number
}

/** A row; `writtenAt` is by the monotonic clock. */
export type RowEntry = { row: DeliveryRow; revision: Revision; writtenAt: number }

/** A redrive with its lanes, each with a revision of its own. */
export type RedriveEntry = {
  redrive: Redrive
  revision: Revision
  lanes: readonly { lane: RedriveLane; revision: Revision }[]
}

/** What is remembered of an integration when the rows that it came from have moved on. */
export type Newest = Pick<
  IntegrationStats,
  'lastSuccessAt' | 'newestAttempt' | 'lastFailureAt' | 'lastFailure'
> & {
  /** When a row was last written as delivered, by the clock. */
  deliveredAt?: number
}

/** The key of a row among all rows. */
export const rowKey = ({ integration, centerId }: RowKey): string => `${integration}~${centerId}`

/** Rows of each integration by center. */
export type RowsByIntegration = Map<string, Map<string, RowEntry>>

/** All that is stored. It outlives every view of it. */
export type Stored = {
  /** A UUID, made with it. */
  identity: string
  /** Counts the writes: no two revisions are the same. */
  writes: number
  centers: Map<string, CenterEntry>
  idempotency: Map<string, IdempotencyRecord & { revision: Revision }>
  events: Map<string, EventEntry>
  /** Those of the events that are open: the index of the outbox. */
  openEvents: Map<string, EventEntry>
  /** By `integration~centerId`. */
  rows: Map<string, RowEntry>
  /** The same rows by integration and center: the index of everything that asks for one integration, or one center. */
  rowsOf: RowsByIntegration
  /** Those of the rows that are open: the index of what can be due. */
  openRows: RowsByIntegration
  states: Map<string, IntegrationState>
  newest: Map<string, Newest>
  /** By UTC date. */
  days: Map<string, Omit<DayCounts, 'integrations'> & { integrations: Map<string, DeliveredBy> }>
  /** By integration, then by the beginning of the minute. */
  attempts: Map<string, Map<number, { delivered: number; failed: number }>>
  redrives: Map<string, RedriveEntry>
  audit: AuditEntry[]
  notes: Map<string, FailureNote>
  /** By which time what is kept for a while has expired; absent before the first purge. */
  retentionAt: number | undefined
  unreadable: Map<string, UnreadableMessage>
}

/** Nothing stored. */
export const createStored = (): Stored => ({
  identity: crypto.randomUUID(),
  writes: 0,
  centers: new Map(),
  idempotency: new Map(),
  events: new Map(),
  openEvents: new Map(),
  rows: new Map(),
  rowsOf: new Map(),
  openRows: new Map(),
  states: new Map(),
  newest: new Map(),
  days: new Map(),
  attempts: new Map(),
  redrives: new Map(),
  audit: [],
  notes: new Map(),
  retentionAt: undefined,
  unreadable: new Map(),
})

/** A revision that nothing has had before. */
export const nextRevision = (stored: Stored): Revision => {
  stored.writes += 1
  return String(stored.writes)
}

/** The map inside a map, made when it is first asked for. */
export const innerMap = <K, V>(outer: Map<string, Map<K, V>>, key: string): Map<K, V> => {
  const found = outer.get(key)
  if (found) return found
  const made = new Map<K, V>()
  outer.set(key, made)
  return made
}
