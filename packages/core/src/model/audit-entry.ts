import type { AuditAction } from '@mensageria/contracts'

/** What a person, or the system, did: when (epoch milliseconds), to what, and why. */
export type AuditEntry = { at: number; actor: string; action: AuditAction; target: string; reason: string }

/** How long an audit entry is kept: a year, and time to look at it. */
export const AUDIT_KEPT_MS = 400 * 24 * 3_600_000
