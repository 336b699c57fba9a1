import type { Due } from '@mensageria/core'
import type { SQLInputValue, StatementSync } from 'node:sqlite'

type Row = Record<string, unknown>

/**
 * Reads what is due by an index, longest due first and what is planned later than can be last. `prepare` gives the statement
 * for a condition on the planned time; its values are those given, the bound of the condition and the limit.
 */
export const createDueRows = (prepare: (condition: '<= ?' | '> ?') => StatementSync) => {
  const [reached, beyond] = [prepare('<= ?'), prepare('> ?')]
  return (values: readonly SQLInputValue[], { now, latest }: Due, limit: number): Row[] => {
    const due: Row[] = reached.all(...values, now, limit)
    if (due.length >= limit) return due
    return [...due, ...beyond.all(...values, Math.max(now, latest), limit - due.length)]
  }
}
