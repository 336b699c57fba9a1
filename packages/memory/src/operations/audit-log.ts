import type { AuditLog } from '@mensageria/core'
import type { Context } from '../context.ts'
import { pageOf } from '../pages.ts'

/** The audit log port. */
export const createAuditLog = ({ stored: { audit }, asks }: Context): AuditLog => ({
  append: (entry) => asks.run('audit.append', () => void audit.push(entry)),
  list: (page) =>
    asks.run('audit.list', () =>
      pageOf(
        audit.map((value, place) => ({ value, at: 0, place })),
        page,
      ),
    ),
})
