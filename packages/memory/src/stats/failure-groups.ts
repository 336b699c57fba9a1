import { shownState, type FailureGroup } from '@mensageria/core'
import type { Stored } from '../stored.ts'

const groupsOf = ({ rowsOf, centers }: Stored, integration: string): FailureGroup[] => {
  const groups = new Map<string, FailureGroup>()
  for (const { row } of rowsOf.get(integration)?.values() ?? []) {
    const { centerId, lastFailure } = row
    const centerVersion = centers.get(centerId)?.center.version ?? row.version
    // What waits has not failed for its version.
    if (!lastFailure || shownState(row, centerVersion) === 'waiting') continue
    const { kind, cause, message, at, since = at } = lastFailure
    const key = `${kind}:${cause}`
    const group = groups.get(key)
    groups.set(key, {
      integration,
      kind,
      cause,
      count: (group?.count ?? 0) + 1,
      firstAt: Math.min(group?.firstAt ?? since, since),
      lastAt: Math.max(group?.lastAt ?? at, at),
      sample: group?.sample ?? { centerId, message },
    })
  }
  return [...groups.values()]
}

/** Groups the rows that fail by integration, kind and cause; those that fail most come first. */
export const failureGroups = (stored: Stored, integrations: readonly string[]): FailureGroup[] =>
  integrations.flatMap((name) => groupsOf(stored, name)).toSorted((a, b) => b.count - a.count)
