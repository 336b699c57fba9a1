import type { DistributionCenter, DistributionCenterEvent, FailureKind } from '@mensageria/contracts'
import type { DeliveryRow, RowKey, Tally } from './model/delivery-row.ts'
import type { OpenEvent, RowVersions } from './sweep/decide-open-event.ts'
import type { RecoveryState } from './recovery/next-window.ts'
import type { DeliveryFilter, Redrive, ShownState } from './redrive/redrive.ts'

/** Names one state of one stored thing; a write that expects another revision changes nothing. */
export type Revision = string

/** Time as the core needs it: `now` in epoch milliseconds, `monotonic` in milliseconds that never jump. */
export type Clock = { now(): number; monotonic(): number; sleep(ms: number): Promise<void> }

/** `next` gives an id that nobody else gets; `traceparent` a new W3C trace context; `random` a number in 0..1. */
export type Ids = { next(): string; traceparent(): string; random(): number }

/** A centre with what its last write left beside it. */
export type StoredCenter = {
  center: DistributionCenter
  /** The request that wrote this version: a retried commit recognises its own write by it. */
  requestId: string
  traceparent: string | undefined
}

/** A kept 2xx answer to a request with an Idempotency-Key; `expiresAt` in epoch milliseconds. */
export type IdempotencyRecord = {
  caller: string
  key: string
  fingerprint: string
  status: 200 | 201
  center: DistributionCenter
  expiresAt: number
}

/** An idempotency record to be written; `replaces` names the expired one that is still there. */
export type IdempotencyWrite = { record: IdempotencyRecord; replaces?: Revision }

/** One commit: a version of a centre and its event (the outbox row). */
export type CenterWrite = { stored: StoredCenter; event: DistributionCenterEvent }

/** `published`: the commit itself gave the event to the broker, so nothing is left to publish. */
export type CommitResult = { committed: true; published: boolean } | { committed: false }

/** Filters of a list; texts are already folded; `pageToken` comes from the page before. */
export type CenterQuery = {
  pageSize: number
  pageToken?: string
  state?: string
  cityCode?: string
  q?: string
}
export type CenterPage = { items: DistributionCenter[]; nextPageToken?: string }

/** Centres, their outbox rows and idempotency records. Every write is one atomic commit, durable when it resolves. */
export type CenterStore = {
  /** Writes version 1. Commits nothing where the centre or the idempotency record exists already. */
  create(write: CenterWrite & { idempotency?: IdempotencyWrite }): Promise<CommitResult>
  /** Writes the next version. Commits nothing where the stored revision is another. */
  update(write: CenterWrite & { expected: Revision }): Promise<CommitResult>
  read(centerId: string): Promise<(StoredCenter & { revision: Revision }) | undefined>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(query: CenterQuery): Promise<CenterPage>
  readIdempotency(
    caller: string,
    key: string,
  ): Promise<(IdempotencyRecord & { revision: Revision }) | undefined>
  /** Keeps a record by itself; false where one exists already that it does not replace. */
  saveIdempotency(write: IdempotencyWrite): Promise<boolean>
}

/** Events that are not handed over yet. */
export type Outbox = {
  /** Open events whose next look is due, oldest due first. */
  due(now: number, limit: number): Promise<OpenEvent[]>
  /** The event itself, to publish it again. */
  read(eventId: string): Promise<DistributionCenterEvent | undefined>
  postpone(eventId: string, nextLookAt: number, looks: number): Promise<void>
  close(eventIds: readonly string[], now: number): Promise<void>
}

/** A row as it was read; `ageMs` is the time since its last write by the store's own clock. */
export type ReadRow = { row: DeliveryRow; revision: Revision; ageMs: number }

/**
 * The delivery rows. Compare-and-set only: `create` and `replace` resolve with the new revision when the write is durable,
 * and with undefined when the row exists already or has another revision.
 */
export type Ledger = {
  create(row: DeliveryRow): Promise<Revision | undefined>
  replace(row: DeliveryRow, expected: Revision): Promise<Revision | undefined>
  read(key: RowKey): Promise<ReadRow | undefined>
  /** All rows of one centre, in no order. */
  ofCenter(centerId: string): Promise<DeliveryRow[]>
  /** The versions of the rows of these centres, by centre id. */
  versions(centerIds: readonly string[]): Promise<Record<string, RowVersions>>
  /** Whether any open row of these integrations is due: the one question of an idle sweep. */
  hasDue(integrations: readonly string[], now: number): Promise<boolean>
  /** Open rows of an integration that are due, longest due first. */
  due(integration: string, now: number, limit: number): Promise<ReadRow[]>
  /** When this integration last had a success, as far as the engine knows. It may lag. */
  lastDeliveredAt(integration: string): Promise<number | undefined>
}

/** Open rows of integrations that are not in the list any more. */
export type StrayRows = {
  /** Those that are due, of no integration that is named; a lease that somebody may still hold is not due. */
  due(
    integrations: readonly string[],
    now: number,
    limit: number,
  ): Promise<Pick<ReadRow, 'row' | 'revision'>[]>
}

/** A delivery that a search found; without a row nothing has happened yet. */
export type FoundDelivery = {
  integration: string
  centerId: string
  centerVersion: number
  row: DeliveryRow | undefined
}
export type DeliveryPage = { items: FoundDelivery[]; nextPageToken?: string }

/** Finds deliveries by what people know of them. Every question is answered by an index, in bounded time. */
export type DeliverySearch = {
  /**
   * Newest first, forward only: a delivery that changes while somebody pages is never shown twice. A page can be short, or
   * empty, although more follow. Throws `InvalidPageTokenError` for a token that no page gave.
   */
  find(filter: DeliveryFilter, page: { pageSize: number; pageToken?: string }): Promise<DeliveryPage>
}

/** The failures of one integration that have one cause now; times in epoch milliseconds. */
export type FailureGroup = {
  integration: string
  kind: FailureKind
  cause: string
  count: number
  firstAt: number
  lastAt: number
  sample: { centerId: string; message: string }
}

/** How many deliveries of an integration are in each state, as people see them. */
export type StateCounts = Record<ShownState, number>

/** The newest things that happened at an integration; `lastFailure` of any kind, `lastPassingFailureAt` without refusals. */
export type IntegrationFigures = {
  counts: StateCounts
  /** When they were counted (epoch milliseconds), in an engine where they are not live. */
  asOf?: number
  oldestUndeliveredAt?: number
  lastSuccessAt?: number
  lastFailureAt?: number
  lastPassingFailureAt?: number
  lastFailure?: { kind: FailureKind; cause: string; message: string; at: number }
}

/** Figures that are kept up to date by what changes them, and never counted on a request. */
export type Figures = {
  ofIntegration(name: string): Promise<IntegrationFigures>
  failureGroups(integrations: readonly string[]): Promise<FailureGroup[]>
  /**
   * Accepted centres, events that are not handed over yet, how many deliveries each integration owes in all, and how many of
   * them wait: all of one moment.
   */
  totals(): Promise<{
    accepted: number
    openEvents: number
    owed: Record<string, number>
    waiting: Record<string, number>
    asOf?: number
  }>
}

/** What one day brought: centres that were registered, updates of them, and the tally of each integration. */
export type DayCounts = { registered: number; updated: number; integrations: Record<string, Tally> }

/**
 * What happened on each day, never counted on a request. A day is a UTC date (`2026-11-24`). An engine that counts from time
 * to time has what happened since its last count before midnight in the day after.
 */
export type DailyFigures = { ofDay(day: string, integrations: readonly string[]): Promise<DayCounts> }

/** How many attempts of one minute had success, and how many had not; `at` is its beginning in epoch milliseconds. */
export type MinuteOfAttempts = { at: number; delivered: number; failed: number }

/** The attempts of each integration by minute: for a picture of the last hour. What counts for good is in the ledger. */
export type AttemptCounts = {
  /** Adds to what is there. Done twice it counts twice: harmless here, so nobody has to know for sure that it was done. */
  add(integration: string, minutes: readonly MinuteOfAttempts[]): Promise<void>
  /**
   * Of each integration the minutes that had attempts among the 60 up to that of `now` (epoch milliseconds), oldest first.
   * Earlier ones may be forgotten.
   */
  lastHour(integrations: readonly string[], now: number): Promise<Record<string, MinuteOfAttempts[]>>
}

/** Who looks after the failures of an integration that have one cause, and what people should know of them. */
export type FailureNote = { integration: string; cause: string; owner?: string; note?: string }

/** What people write beside failure groups. It stays while its group is empty: a failure that comes again finds it. */
export type FailureNotes = {
  /** The notes of these integrations, in no order. */
  of(integrations: readonly string[]): Promise<FailureNote[]>
  /** Replaces what is there; one without owner and note takes it away. Durable when it resolves. */
  write(note: FailureNote): Promise<void>
}

/** The redrives. Compare-and-set only, like the ledger; a write that lost resolves with undefined. */
export type RedriveStore = {
  create(redrive: Redrive): Promise<Revision | undefined>
  read(id: string): Promise<{ redrive: Redrive; revision: Revision } | undefined>
  update(redrive: Redrive, expected: Revision): Promise<Revision | undefined>
  /** Those with something left to do (`isActive`), oldest first. */
  active(): Promise<Redrive[]>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(page: { pageSize: number; pageToken?: string }): Promise<{ items: Redrive[]; nextPageToken?: string }>
}

/** What a person did: when (epoch milliseconds), to what, and why. */
export type AuditEntry = { at: number; by: string; action: string; target: string; reason: string }

/** Who changed what. Only added to. */
export type AuditLog = {
  /** Durable when it resolves. */
  append(entry: AuditEntry): Promise<void>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(page: {
    pageSize: number
    pageToken?: string
  }): Promise<{ items: AuditEntry[]; nextPageToken?: string }>
}

/** Gives an event to the broker. Resolves when the broker has it; publishing twice is harmless. */
export type Publisher = { publish(event: DistributionCenterEvent): Promise<void> }

/** Who paused an integration, when (epoch milliseconds) and why. */
export type Pause = { by: string; at: number; reason: string }

/** What is known of an integration between two sweeps; `recovery` is absent before its first, `paused` while it is called. */
export type IntegrationState = { recovery?: RecoveryState; paused?: Pause }

/** The state of each integration. Its two parts have different writers, so each is written without touching the other. */
export type IntegrationStates = {
  read(name: string): Promise<IntegrationState | undefined>
  writeRecovery(name: string, recovery: RecoveryState): Promise<void>
  /** Pauses, or with undefined resumes. */
  writePause(name: string, paused: Pause | undefined): Promise<void>
}

/**
 * A message that nobody can read, as it came: `data` is base64, capped at 64 KiB of it; `receivedAt` in epoch
 * milliseconds.
 */
export type UndecodableMessage = {
  subscription: string
  messageId: string
  receivedAt: number
  reason: string
  attributes: Readonly<Record<string, string>>
  data: string
}

/** Dead letters that could not be decoded: kept raw, so that nothing is lost without a trace. */
export type UndecodableMessages = {
  /** Durable when it resolves. The same message again (subscription and message id) changes nothing. */
  keep(message: UndecodableMessage): Promise<void>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(page: {
    pageSize: number
    pageToken?: string
  }): Promise<{ items: UndecodableMessage[]; nextPageToken?: string }>
}

/** A message as a broker pushes it; `data` is JSON text, times RFC 3339. */
export type PushedMessage = {
  subscription: string
  messageId: string
  publishTime: string
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
  /** The event itself, where the broker still has it at hand: it need not be decoded again. */
  event?: DistributionCenterEvent
}

/** Answers a push: true acknowledges, false (or a throw) makes the message come again. */
export type PushHandler = (message: PushedMessage) => Promise<boolean>

/** A page token that no page gave. */
export class InvalidPageTokenError extends Error {
  override readonly name = 'InvalidPageTokenError'
}
