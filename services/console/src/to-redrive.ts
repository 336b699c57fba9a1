import { toSearch, type Redrive, type RedriveFilter } from '@mensageria/contracts'
import { progressOf, type DeliveryFilter, type Redrive as StoredRedrive } from '@mensageria/core'

const iso = (ms: number): string => new Date(ms).toISOString()

/** A filter as people send it, as the core searches. */
export const toFilter = (filter: RedriveFilter): DeliveryFilter => {
  const { integration, states, kind, cause, centerId, q, since, until } = filter
  return {
    ...(integration === undefined ? {} : { integration }),
    ...(states === undefined ? {} : { states }),
    ...(kind === undefined ? {} : { kind }),
    ...(cause === undefined ? {} : { cause }),
    ...(centerId === undefined ? {} : { centerId }),
    ...(q === undefined ? {} : { q: toSearch(q) }),
    ...(since === undefined ? {} : { since: Date.parse(since) }),
    ...(until === undefined ? {} : { until: Date.parse(until) }),
  }
}

const fromFilter = (filter: StoredRedrive['filter']): RedriveFilter => {
  const { backfill: _, states, since, until, ...same } = filter
  return {
    ...same,
    states: [...states],
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(until === undefined ? {} : { until: iso(until) }),
  }
}

/** A redrive as the API shows it. */
export const toRedrive = (redrive: StoredRedrive): Redrive => {
  const { id, state, filter, force, reason, requestedBy, createdAt } = redrive
  return {
    id,
    state,
    filter: fromFilter(filter),
    force,
    reason,
    requestedBy,
    createdAt: iso(createdAt),
    ...progressOf(redrive),
  }
}
