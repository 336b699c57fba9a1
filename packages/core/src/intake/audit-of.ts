import type { AuditEntry } from '../model/audit-entry.ts'
import type { CenterWrite } from '../ports/index.ts'

/** The audit entry of a version of a center. Every engine writes it in the commit of that version, so there is one for each. */
export const auditOf = ({ stored: { center, actor } }: Pick<CenterWrite, 'stored'>): AuditEntry => ({
  at: Date.parse(center.updatedAt),
  actor,
  action: center.version === 1 ? 'center.register' : 'center.update',
  target: `${center.id}/${center.name}`,
  reason: '',
})
