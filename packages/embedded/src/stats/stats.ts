import { FailureKind } from '@mensageria/contracts'
import {
  parseStoredRow,
  type FailureGroup,
  type Stats,
  type IntegrationStats,
  type ShownState,
  type StateCounts,
} from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import type { Read } from '../database/group-commit.ts'

const UNDELIVERED = ['waiting', 'delivering', 'retrying', 'parked', 'rejected'] as const

type Group = { kind: FailureKind; cause: string; count: number; firstAt: number; lastAt: number }

const toGroup = (row: Record<string, unknown>): Group => ({
  kind: FailureKind.parse(row['kind']),
  cause: textOf(row, 'cause'),
  count: numberOf(row, 'n'),
  firstAt: numberOf(row, 'first_at'),
  lastAt: numberOf(row, 'last_at'),
})

const newestOf = (groups: readonly Group[]): Group | undefined =>
  groups.toSorted((a, b) => b.lastAt - a.lastAt)[0]

const countsOf = (n: (state: ShownState) => number): StateCounts => ({
  waiting: n('waiting'),
  delivering: n('delivering'),
  retrying: n('retrying'),
  parked: n('parked'),
  rejected: n('rejected'),
  delivered: n('delivered'),
})

/** The figures port over the counters and failure groups, which triggers keep. */
export const createStats = (db: DatabaseSync, read: Read): Stats => {
  const counters = db.prepare('SELECT n, last_at FROM counters WHERE name = ? AND integration = ?')
  const byIntegration = db.prepare('SELECT integration, n FROM counters WHERE name = ?')
  const groupsOf = db.prepare('SELECT * FROM failure_groups WHERE integration = ?')
  const sample = db.prepare(
    'SELECT center_id, doc FROM deliveries WHERE integration = ? AND cause = ? AND kind = ? LIMIT 1',
  )
  // Rows are numbered as they begin: the first of a state is the one that waits longest.
  const oldest = db.prepare(
    `SELECT c.doc ->> 'updatedAt' AS at FROM deliveries d JOIN centers c ON c.id = d.center_id
     WHERE d.integration = ? AND d.shown = ? ORDER BY d.rowid LIMIT 1`,
  )

  const countOf = (name: string, integration: string) => {
    const found = counters.get(name, integration)
    return { n: found ? numberOf(found, 'n') : 0, lastAt: found ? numberOf(found, 'last_at') : 0 }
  }

  const countsBy = (name: string): Record<string, number> =>
    Object.fromEntries(
      byIntegration.all(name).map((row) => [textOf(row, 'integration'), numberOf(row, 'n')] as const),
    )

  const sampleOf = (integration: string, { kind, cause }: Group) => {
    const found = sample.get(integration, cause, kind)
    const row = found && parseStoredRow(textOf(found, 'doc'))
    return { centerId: row?.centerId ?? '', message: row?.lastFailure?.message ?? '' }
  }

  const oldestOf = (integration: string): number | undefined => {
    const times = UNDELIVERED.flatMap((state) => {
      const found = oldest.get(integration, state)
      return found ? [Date.parse(textOf(found, 'at'))] : []
    })
    return times.length === 0 ? undefined : Math.min(...times)
  }

  const ofIntegration = (name: string): IntegrationStats => {
    const groups = groupsOf.all(name).map(toGroup)
    const newest = newestOf(groups)
    const passing = newestOf(groups.filter(({ kind }) => kind !== 'rejected' && kind !== 'held'))
    const lastSuccessAt = countOf('delivered', name).lastAt
    const oldestUndeliveredAt = oldestOf(name)
    return {
      counts: countsOf((state) => countOf(state, name).n),
      ...(oldestUndeliveredAt === undefined ? {} : { oldestUndeliveredAt }),
      ...(lastSuccessAt === 0 ? {} : { lastSuccessAt }),
      ...(passing ? { lastPassingFailureAt: passing.lastAt } : {}),
      ...(newest
        ? {
            lastFailureAt: newest.lastAt,
            lastFailure: {
              kind: newest.kind,
              cause: newest.cause,
              message: sampleOf(name, newest).message,
              at: newest.lastAt,
            },
          }
        : {}),
    }
  }

  const failureGroups = (integration: string): FailureGroup[] =>
    groupsOf
      .all(integration)
      .map(toGroup)
      .filter(({ count }) => count > 0)
      .map((group) => ({ integration, ...group, sample: sampleOf(integration, group) }))

  return {
    ofIntegration: (name) => read(() => ofIntegration(name)),
    failureGroups: (integrations) =>
      read(() => integrations.flatMap(failureGroups).toSorted((a, b) => b.count - a.count)),
    totals: () =>
      read(() => ({
        accepted: countOf('accepted', '').n,
        openEvents: countOf('openEvents', '').n,
        owed: countsBy('owed'),
        waiting: countsBy('waiting'),
      })),
  }
}
