/** What a person, or the system, did: when (epoch milliseconds), to what, and why. */
export type AuditEntry = { at: number; actor: string; action: string; target: string; reason: string }
