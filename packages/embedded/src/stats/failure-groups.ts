import { FailureKind } from '@mensageria/contracts'
import { parseStoredRow, type FailureGroup } from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'

type Group = { kind: FailureKind; cause: string; count: number; firstAt: number; lastAt: number }

// A downstream that invents codes must not make the answer long, nor hide the other kinds.
const GROUPS_OF_KIND_MAX = 30

const toGroup = (row: Record<string, unknown>): Group => ({
  kind: FailureKind.parse(row['kind']),
  cause: textOf(row, 'cause'),
  count: numberOf(row, 'n'),
  firstAt: numberOf(row, 'first_at'),
  lastAt: numberOf(row, 'last_at'),
})

/** Reads the failures of integrations from the failure groups, which triggers keep. */
export const createFailureGroups = (db: DatabaseSync) => {
  const every = db.prepare('SELECT * FROM failure_groups WHERE integration = ?')
  const sample = db.prepare(
    `SELECT center_id, doc FROM deliveries WHERE integration = ? AND cause = ? AND kind = ?
     AND cause IS NOT NULL AND shown <> 'waiting' LIMIT 1`,
  )

  const sampleOf = (integration: string, { kind, cause }: Pick<Group, 'kind' | 'cause'>) => {
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
    /** What the first row of a group said; empty where it has none any more. */
    messageOf: (integration: string, group: Pick<Group, 'kind' | 'cause'>): string =>
      sampleOf(integration, group).message,
  }
}

export type FailureGroups = ReturnType<typeof createFailureGroups>
