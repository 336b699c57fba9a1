import type { DeliveryFilter, ShownState } from '../model/delivery-filter.ts'
import type { DeliveryRow } from '../model/delivery-row.ts'
import type { FoundDelivery } from '../model/found-delivery.ts'

/**
 * The state of a pair, from its row and the center's version alone: without a row, with one below the version, or with a
 * retired one, it waits. Whether an event is open says nothing about it.
 */
export const shownState = (row: DeliveryRow | undefined, centerVersion: number): ShownState =>
  row === undefined || row.version < centerVersion || row.state === 'retired' ? 'waiting' : row.state

/** Whether a center is in the scope of an integration: accepted at or after its `since`, where it has one. */
export const isInScope = ({ since }: { since?: number }, createdAt: number): boolean =>
  since === undefined || createdAt >= since

/**
 * Whether the integration owes the pair: the center is in its scope, or has a row there, whatever its age. Who once had a
 * center keeps getting its versions.
 */
export const isOwed = (
  settings: { since?: number },
  { row, createdAt }: { row: unknown; createdAt: number },
): boolean => row !== undefined || isInScope(settings, createdAt)

/** The time by which a pair is found and sorted: of its last attempt or its parking, or since when it waits. */
export const timeOf = ({ row, centerVersion, acceptedAt }: FoundDelivery): number =>
  row === undefined || shownState(row, centerVersion) === 'waiting' ? acceptedAt : answeredAt(row)

/** The time of a row that answers for its center's version: of its last attempt, or of its parking without one. */
export const answeredAt = ({ lastAttemptAt, parkedAt }: DeliveryRow): number => lastAttemptAt ?? parkedAt ?? 0

/** Whether a pair that waits can match at all: what waits has not failed for this version. */
export const canMatchWaiting = ({ states, kind, cause }: DeliveryFilter): boolean =>
  kind === undefined && cause === undefined && (states === undefined || states.includes('waiting'))

/** Whether a center with these folded keys (name, code, taxId) begins with the folded text of a search. */
export const textMatches = (keys: readonly string[], q: string | undefined): boolean =>
  q === undefined || keys.some((key) => key.startsWith(q))

/**
 * Whether a filter means a pair; the text of the search (`q`) apart, which `textMatches` compares. The definition for every
 * engine: they only index it.
 */
export const matches = (
  filter: Omit<DeliveryFilter, 'q'>,
  found: FoundDelivery,
  settings: { since?: number },
): boolean => {
  const { integration, states, kind, cause, centerId, since = 0, until = Number.POSITIVE_INFINITY } = filter
  const state = shownState(found.row, found.centerVersion)
  const failure = state === 'waiting' ? undefined : found.row?.lastFailure
  const at = timeOf(found)
  return (
    (integration === undefined || integration === found.integration) &&
    (centerId === undefined || centerId === found.centerId) &&
    (states === undefined || states.includes(state)) &&
    (kind === undefined || failure?.kind === kind) &&
    (cause === undefined || failure?.cause === cause) &&
    at >= since &&
    at < until &&
    (filter.scope === 'all' || isOwed(settings, found))
  )
}

const isWaiting = ({ row, centerVersion }: FoundDelivery): boolean =>
  shownState(row, centerVersion) === 'waiting'

/**
 * The order of every list of deliveries: what has an answer first, the newest attempt first; then what waits, by integration
 * in the order of the list, the newest center first. Equal ones in any order that stays.
 */
export const compareFound =
  (integrations: readonly string[]) =>
  (a: FoundDelivery, b: FoundDelivery): number => {
    const [aWaits, bWaits] = [isWaiting(a), isWaiting(b)]
    if (aWaits !== bWaits) return aWaits ? 1 : -1
    if (!aWaits) return timeOf(b) - timeOf(a)
    return (
      integrations.indexOf(a.integration) - integrations.indexOf(b.integration) || b.createdAt - a.createdAt
    )
  }
