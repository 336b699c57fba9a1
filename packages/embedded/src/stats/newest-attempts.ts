import { FailureKind } from '@mensageria/contracts'
import type { IntegrationStats } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import type { FailureGroups } from './failure-groups.ts'

type Newest = Pick<IntegrationStats, 'newestAttempt' | 'lastSuccessAt' | 'lastFailureAt' | 'lastFailure'>

/** Reads how the newest attempts of integrations ended, in the order in which rows were written; triggers keep it. */
export const createNewestAttempts = (db: DatabaseSync, groups: Pick<FailureGroups, 'messageOf'>) => {
  const one = db.prepare('SELECT * FROM newest_attempts WHERE integration = ?')
  const failureOf = (integration: string, row: Record<string, unknown>): Newest => {
    if (row['failure_at'] === null) return {}
    const [kind, cause] = [FailureKind.parse(row['kind']), textOf(row, 'cause')]
    const at = numberOf(row, 'failure_at')
    // Once no row fails for this cause any more, nobody knows the words of the last one.
    const message = groups.messageOf(integration, { kind, cause }) || cause
    return { lastFailureAt: at, lastFailure: { kind, cause, message, at } }
  }
  return (integration: string): Newest => {
    const row = one.get(integration)
    if (!row) return {}
    const { failed, success_at: successAt } = row
    return {
      ...(failed === null || (failed === 0 && successAt === null)
        ? {}
        : { newestAttempt: failed === 1 ? 'failed' : 'succeeded' }),
      ...(successAt === null ? {} : { lastSuccessAt: numberOf(row, 'success_at') }),
      ...failureOf(integration, row),
    }
  }
}
