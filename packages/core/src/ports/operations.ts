import type { AuditEntry } from '../model/audit-entry.ts'
import type { Redrive, RedriveLane, RedriveWithLanes } from '../model/redrive.ts'
import type { Revision } from './revision.ts'

/** Who looks after the failures of an integration that have one cause, and what people should know of them. */
export type FailureNote = { integration: string; cause: string; owner?: string; note?: string }

/** What people write beside failure groups. It stays while its group is empty: a failure that comes again finds it. */
export type FailureNotes = {
  /** The notes of these integrations, in no order. */
  of(integrations: readonly string[]): Promise<FailureNote[]>
  /** Replaces what is there; one without owner and note takes it away. Durable when it resolves. */
  write(note: FailureNote): Promise<void>
}

/** A redrive as it was read, with the revisions that a write of each part expects. */
export type ReadRedrive = {
  redrive: Redrive
  revision: Revision
  lanes: readonly { lane: RedriveLane; revision: Revision }[]
}

/**
 * The redrives: a header that people write, and a lane for each integration that only its runner writes. Compare-and-set
 * only, like the ledger; a write that lost resolves with undefined.
 */
export type RedriveStore = {
  /** Header and lanes in one commit; undefined where the id is used. */
  create(redrive: Redrive, lanes: readonly RedriveLane[]): Promise<Revision | undefined>
  read(id: string): Promise<ReadRedrive | undefined>
  write(redrive: Redrive, expected: Revision): Promise<Revision | undefined>
  writeLane(id: string, lane: RedriveLane, expected: Revision): Promise<Revision | undefined>
  /** Those that are `open`, oldest first. */
  active(): Promise<RedriveWithLanes[]>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(page: {
    pageSize: number
    pageToken?: string
  }): Promise<{ items: RedriveWithLanes[]; nextPageToken?: string }>
}

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

/**
 * A message that nobody can read, as it came: `data` is base64, capped at 64 KiB of it; `receivedAt` in epoch
 * milliseconds.
 */
export type UnreadableMessage = {
  subscription: string
  messageId: string
  receivedAt: number
  reason: string
  attributes: Readonly<Record<string, string>>
  data: string
}

/** Dead letters that could not be decoded: kept raw, so that nothing is lost without a trace. */
export type UnreadableMessages = {
  /** Durable when it resolves. The same message again (subscription and message id) changes nothing. */
  keep(message: UnreadableMessage): Promise<void>
  /** Newest first. Throws `InvalidPageTokenError` for a token that no page gave. */
  list(page: {
    pageSize: number
    pageToken?: string
  }): Promise<{ items: UnreadableMessage[]; nextPageToken?: string }>
}
