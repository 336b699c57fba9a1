import type { Revision } from './revision.ts'
import type { DistributionCenter, DistributionCenterEvent } from '@mensageria/contracts'

/** A center with what its last write left beside it. */
export type StoredCenter = {
  center: DistributionCenter
  /** The request that wrote this version: a retried commit recognizes its own write by it. */
  requestId: string
  traceparent: string | undefined
  /** Who made this version; absent where release 0.1 wrote it. */
  actor?: string
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

/** One commit: a version of a center, its event (the outbox row), and the audit entry that `auditOf` makes of it. */
export type CenterWrite = { stored: StoredCenter & { actor: string }; event: DistributionCenterEvent }

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

/** Centers, their outbox rows and idempotency records. Every write is one atomic commit, durable when it resolves. */
export type CenterStore = {
  /** Writes version 1. Commits nothing where the center or the idempotency record exists already. */
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
