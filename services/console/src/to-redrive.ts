import {
  defined,
  isoTime,
  isoTimeOf,
  toSearch,
  type Redrive,
  type RedriveFilter,
} from '@mensageria/contracts'
import {
  progressOf,
  type DeliveryFilter,
  type ReadRedrive,
  type Redrive as StoredRedrive,
  type RedriveWithLanes,
} from '@mensageria/core'

/** A time as people send it, in epoch milliseconds. */
const msOf = (at: string | undefined): number | undefined => (at === undefined ? undefined : Date.parse(at))

/** A filter as people send it, as the core searches. */
export const toFilter = ({ q, since, until, ...same }: RedriveFilter): DeliveryFilter => ({
  ...defined(same),
  ...defined({ q: q === undefined ? undefined : toSearch(q), since: msOf(since), until: msOf(until) }),
})

// Without the scope: it follows from the states, and nobody asks for it.
const fromFilter = ({ states, since, until, ...filter }: StoredRedrive['filter']): RedriveFilter => {
  const { integration, kind, cause, centerId, q } = filter
  return defined({
    integration,
    states: [...states],
    kind,
    cause,
    centerId,
    q,
    since: isoTimeOf(since),
    until: isoTimeOf(until),
  })
}

/** A redrive that was read, without what only a write needs. */
export const withLanes = ({ redrive, lanes }: ReadRedrive): RedriveWithLanes => ({
  redrive,
  lanes: lanes.map(({ lane }) => lane),
})

/** A redrive as the API shows it. */
export const toRedrive = ({ redrive, lanes }: RedriveWithLanes): Redrive => {
  const { id, state, filter, force, reason, requestedBy, createdAt } = redrive
  return {
    id,
    state,
    filter: fromFilter(filter),
    force,
    reason,
    requestedBy,
    createdAt: isoTime(createdAt),
    ...progressOf(redrive, lanes),
  }
}
