import type { Redrive } from '../model/redrive.ts'
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
export type AuditEntry = { at: number; actor: string; action: string; target: string; reason: string }

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
