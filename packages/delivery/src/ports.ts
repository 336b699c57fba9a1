import type { DistributionCenter, DistributionCenterEvent } from '@mensageria/contracts'
import type { DeliveryRow, RowKey } from './delivery-row.ts'
import type { OpenEvent, RowVersions } from './decide-open-event.ts'
import type { RecoveryState } from './next-window.ts'

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
  /** Open rows of an integration that are due, longest due first. */
  due(integration: string, now: number, limit: number): Promise<ReadRow[]>
  /** When this integration last had a success, as far as the engine knows. It may lag. */
  lastDeliveredAt(integration: string): Promise<number | undefined>
}

/** Gives an event to the broker. Resolves when the broker has it; publishing twice is harmless. */
export type Publisher = { publish(event: DistributionCenterEvent): Promise<void> }

/** What is known of an integration between two sweeps. */
export type IntegrationState = { recovery: RecoveryState; paused: boolean }

export type IntegrationStates = {
  read(name: string): Promise<IntegrationState | undefined>
  write(name: string, state: IntegrationState): Promise<void>
}

/** A message as a broker pushes it; `data` is JSON text, times RFC 3339. */
export type PushedMessage = {
  subscription: string
  messageId: string
  publishTime: string
  deliveryAttempt: number
  attributes: Readonly<Record<string, string>>
  data: string
}

/** Answers a push: true acknowledges, false (or a throw) makes the message come again. */
export type PushHandler = (message: PushedMessage) => Promise<boolean>

/** A page token that no page gave. */
export class InvalidPageTokenError extends Error {
  override readonly name = 'InvalidPageTokenError'
}
