import type {
  Redrive,
  RedriveFilter,
  RedriveLane,
  RedriveRequest,
  RedriveWithLanes,
} from '../model/redrive.ts'
import { createMutex } from '../mutex.ts'
import type { AuditLog, Clock, DeliverySearch, Ids, RedriveStore, Stats } from '../ports/index.ts'
import { shownState } from '../search/matches.ts'
import { SHOWN_STATES } from '../stats/counts.ts'
import { changeHeader } from './change.ts'
import { decideFilter, isClockWrong, newRedrive } from './decide.ts'
import { createDryRun, type InvalidRequest } from './dry-run.ts'
import { countedStates } from './states-of.ts'
import { decideRedriveAction, type RedriveAction } from './transitions.ts'

export type RedrivesDeps = {
  redrives: RedriveStore
  search: DeliverySearch
  stats: Pick<Stats, 'ofIntegration' | 'totals'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now'>
  ids: Pick<Ids, 'next'>
  integrations: readonly { name: string }[]
}

export type Requested = ({ kind: 'created' } & RedriveWithLanes) | InvalidRequest
export type RequestedOne =
  | ({ kind: 'created' } & RedriveWithLanes)
  | { kind: 'not-found' | 'delivered' | 'in-redrive' }
export type Acted = ({ kind: 'done' } & RedriveWithLanes) | { kind: 'not-found' } | { kind: 'ended' }

/** One delivery, as a person names it. */
export type OneRequest = Omit<RedriveRequest, 'filter'> & { integration: string; centerId: string }

// The integration first, as in every target; a redrive may mean all of them.
const targetOf = ({ id, filter: { integration = '*' } }: Redrive): string => `${integration}/${id}`

const UNDELIVERED = SHOWN_STATES.filter((state) => state !== 'delivered')

/** What people can do with redrives; each of it is in the audit log before it happens. */
export const createRedrives = (deps: RedrivesDeps) => {
  const { redrives, search, stats, audit, clock, ids } = deps
  const integrations = deps.integrations.map(({ name }) => name)
  // Of two requests for one delivery at the same time in this process, the second sees the first.
  const inTurn = createMutex()

  // What the counts by state say; a filter by anything else is not counted.
  const expectedOf = async (filter: RedriveFilter): Promise<number | undefined> => {
    const { integration, centerId, scope, states } = filter
    if (centerId !== undefined && integration !== undefined) return 1
    if (scope === 'all') return undefined
    const counts = await countedStates(filter, { stats, integrations })
    return counts && states.reduce((sum, state) => sum + counts[state], 0)
  }

  // Of each integration the newest attempt that the filter means comes first.
  const isAnyAttemptAhead = async (filter: RedriveFilter, now: number): Promise<boolean> => {
    const names = filter.integration === undefined ? integrations : [filter.integration]
    const newest = names.map((integration) => search.find({ ...filter, integration }, { pageSize: 1 }))
    return (await Promise.all(newest)).some(({ items: [first] }) => isClockWrong(first, now))
  }

  const create = async (request: RedriveRequest & { filter: RedriveFilter }): Promise<RedriveWithLanes> => {
    const now = clock.now()
    const expected = await expectedOf(request.filter)
    const clockIsWrong = await isAnyAttemptAhead(request.filter, now)
    const created = newRedrive(request, { id: ids.next(), now, clockIsWrong, expected, integrations })
    const { requestedBy: actor, reason } = request
    const target = targetOf(created.redrive)
    await audit.append({ at: now, actor, action: 'redrive.create', target, reason })
    if ((await redrives.create(created.redrive, created.lanes)) === undefined)
      throw new Error('The id of a redrive was used before')
    return created
  }

  const isInRedrive = async ({ integration, centerId }: OneRequest): Promise<boolean> =>
    (await redrives.active()).some(
      ({ redrive: { filter }, lanes }) =>
        (filter.integration === integration && filter.centerId === centerId) ||
        lanes.some((lane) => lane.integration === integration && lane.sending.includes(centerId)),
    )

  const createOne = async (request: OneRequest): Promise<RequestedOne> => {
    const { integration, centerId, ...rest } = request
    if (!integrations.includes(integration)) return { kind: 'not-found' }
    const { items } = await search.find({ integration, centerId, scope: 'all' }, { pageSize: 1 })
    const [found] = items
    if (!found) return { kind: 'not-found' }
    if (shownState(found.row, found.centerVersion) === 'delivered' && !rest.force)
      return { kind: 'delivered' }
    if (await isInRedrive(request)) return { kind: 'in-redrive' }
    const states = rest.force ? SHOWN_STATES : UNDELIVERED
    const filter = { integration, centerId, states, scope: 'all' } as const
    return { kind: 'created', ...(await create({ ...rest, filter })) }
  }

  return {
    dryRun: createDryRun({ search, stats, clock, integrations }),

    /** Begins a redrive of everything that fits; the next sweep takes it up. Reads one of it, and counts none. */
    create: async (request: RedriveRequest): Promise<Requested> => {
      const decided = decideFilter(request.filter, request.force, integrations)
      if (!decided.ok) return { kind: 'invalid', reason: decided.reason }
      return { kind: 'created', ...(await create({ ...request, filter: decided.filter })) }
    },

    /** Begins a redrive of one delivery, unless it is delivered (without `force`) or another redrive has it. */
    createOne: (request: OneRequest): Promise<RequestedOne> => inTurn(() => createOne(request)),

    /** Pauses, resumes or cancels a redrive. */
    act: async (id: string, action: RedriveAction, actor: string): Promise<Acted> => {
      const found = await redrives.read(id)
      if (!found) return { kind: 'not-found' }
      const lanes: RedriveLane[] = found.lanes.map(({ lane }) => lane)
      const decided = decideRedriveAction(found.redrive, action)
      if (decided.decision === 'ended') return { kind: 'ended' }
      if (decided.decision === 'same') return { kind: 'done', redrive: found.redrive, lanes }
      const { reason } = found.redrive
      const target = targetOf(found.redrive)
      await audit.append({ at: clock.now(), actor, action: `redrive.${action}`, target, reason })
      const changed = await changeHeader(redrives, id, (redrive): Redrive => {
        // Decided again: it may have ended meanwhile.
        const now = decideRedriveAction(redrive, action)
        return now.decision === 'changed' ? now.redrive : redrive
      })
      return changed
        ? { kind: 'done', redrive: changed.redrive, lanes: changed.lanes.map(({ lane }) => lane) }
        : { kind: 'not-found' }
    },
  }
}

export type Redrives = ReturnType<typeof createRedrives>
