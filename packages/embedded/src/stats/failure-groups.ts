import { FailureKind } from '@mensageria/contracts'
import { isTransient, parseStoredRow, type FailureGroup, type IntegrationStats } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

type Group = { kind: FailureKind; cause: string; count: number; firstAt: number; lastAt: number }
type Failures = Pick<IntegrationStats, 'lastFailureAt' | 'lastPassingFailureAt' | 'lastFailure'>

// A downstream that invents codes must not make the answer long, nor hide the other kinds.
const GROUPS_OF_KIND_MAX = 30

const toGroup = (row: Record<string, unknown>): Group => ({
  kind: FailureKind.parse(row['kind']),
  cause: textOf(row, 'cause'),
  count: numberOf(row, 'n'),
  firstAt: numberOf(row, 'first_at'),
  lastAt: numberOf(row, 'last_at'),
})

const newestOf = (groups: readonly Group[]): Group | undefined =>
  groups.toSorted((a, b) => b.lastAt - a.lastAt)[0]

/** Reads the failures of integrations from the failure groups, which triggers keep. */
export const createFailureGroups = (db: DatabaseSync) => {
  const every = db.prepare('SELECT * FROM failure_groups WHERE integration = ?')
  const sample = db.prepare(
    `SELECT center_id, doc FROM deliveries WHERE integration = ? AND cause = ? AND kind = ?
     AND cause IS NOT NULL AND shown <> 'waiting' LIMIT 1`,
  )

  const sampleOf = (integration: string, { kind, cause }: Group) => {
    const found = sample.get(integration, cause, kind)
    const row = found && parseStoredRow(textOf(found, 'doc'))
    return { centerId: row?.centerId ?? '', message: row?.lastFailure?.message ?? '' }
  }

  return {
    /** Those that some row has now, of each kind the 30 that fail most. */
    groups: (integration: string): FailureGroup[] => {
      const failing = every
        .all(integration)
        .map(toGroup)
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count)
      return FailureKind.options.flatMap((kind) =>
        failing
          .filter((group) => group.kind === kind)
          .slice(0, GROUPS_OF_KIND_MAX)
          .map((group) => ({ integration, ...group, sample: sampleOf(integration, group) })),
      )
    },
    /** The newest failures, also of causes that no row has any more. */
    newest: (integration: string): Failures => {
      const groups = every.all(integration).map(toGroup)
      const newest = newestOf(groups)
      const passing = newestOf(groups.filter(({ kind }) => isTransient(kind)))
      if (!newest) return {}
      const { kind, cause, lastAt: at } = newest
      return {
        lastFailureAt: at,
        lastFailure: { kind, cause, message: sampleOf(integration, newest).message, at },
        ...(passing ? { lastPassingFailureAt: passing.lastAt } : {}),
      }
    },
  }
}
