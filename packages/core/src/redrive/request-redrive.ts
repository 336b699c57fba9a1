import type { ShownState } from '../model/delivery-filter.ts'
import type { Redrive, RedriveFilter, RedriveRequest } from '../model/redrive.ts'
import type { AuditLog, Clock, DeliverySearch, FoundDelivery, Ids, RedriveStore } from '../ports/index.ts'
import { changeRedrive } from './change-redrive.ts'
import { decideFilter, decideRow, newRedrive, shownState } from './redrive.ts'
import { decideRedriveAction, type RedriveAction } from './redrive-steps.ts'

export type RequestRedriveDeps = {
  redrives: RedriveStore
  search: DeliverySearch
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now'>
  ids: Pick<Ids, 'next'>
  integrations: readonly { name: string }[]
}

export type RefusedRequest = { kind: 'refused'; reason: 'empty' | 'delivered-without-force' }
export type DryRun = { kind: 'dry-run'; count: number; sample: FoundDelivery[] } | RefusedRequest
export type Requested = { kind: 'created'; redrive: Redrive } | RefusedRequest
export type RequestedOne =
  | { kind: 'created'; redrive: Redrive }
  | { kind: 'not-found' | 'delivered' | 'in-redrive' }
export type Acted = { kind: 'done'; redrive: Redrive } | { kind: 'not-found' } | { kind: 'ended' }

/** One delivery, as a person names it. */
export type OneRequest = Omit<RedriveRequest, 'filter'> & { integration: string; centerId: string }

const SAMPLE_MAX = 10
const PAGE_SIZE = 200
const EVERY_STATE: readonly ShownState[] = ['waiting', 'delivering', 'retrying', 'parked', 'rejected']

// One after the other: of two requests for one delivery at the same time, the second must see the first.
const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work)
    last = done.catch(() => undefined)
    return done
  }
}

/** What a person can do with redrives; each of it is in the audit log before it happens. */
export const createRequestRedrive = (deps: RequestRedriveDeps) => {
  const { redrives, search, audit, clock, ids } = deps
  const integrations = deps.integrations.map(({ name }) => name)
  const inTurn = createTurns()

  const count = async (request: RedriveRequest & { filter: RedriveFilter }, now: number) => {
    const sample: FoundDelivery[] = []
    let total = 0
    let pageToken: string | undefined
    do {
      const position = pageToken === undefined ? {} : { pageToken }
      const page = await search.find(request.filter, { pageSize: PAGE_SIZE, ...position })
      const fitting = page.items.filter(
        (found) => decideRow({ ...request, createdAt: now }, found) === 'send',
      )
      total += fitting.length
      sample.push(...fitting.slice(0, SAMPLE_MAX - sample.length))
      pageToken = page.nextPageToken
    } while (pageToken !== undefined)
    return { total, sample }
  }

  const create = async (request: RedriveRequest & { filter: RedriveFilter }): Promise<Redrive> => {
    const now = clock.now()
    const { total } = await count(request, now)
    const redrive = newRedrive(request, { id: ids.next(), now, total, integrations })
    const { requestedBy: actor, reason } = request
    await audit.append({ at: now, actor, action: 'redrive.create', target: redrive.id, reason })
    if ((await redrives.create(redrive)) === undefined) throw new Error('The id of a redrive was used before')
    return redrive
  }

  const isInRedrive = async ({ integration, centerId }: OneRequest): Promise<boolean> =>
    (await redrives.active()).some(
      ({ filter, lanes }) =>
        (filter.integration === integration && filter.centerId === centerId) ||
        lanes.some((lane) => lane.integration === integration && lane.sending.includes(centerId)),
    )

  const createOne = async (request: OneRequest): Promise<RequestedOne> => {
    const { integration, centerId, ...rest } = request
    const { items } = await search.find({ integration, centerId, backfill: true }, { pageSize: 1 })
    const [found] = items
    if (!found) return { kind: 'not-found' }
    if (shownState(found.row, found.centerVersion) === 'delivered' && !rest.force)
      return { kind: 'delivered' }
    if (await isInRedrive(request)) return { kind: 'in-redrive' }
    const states: readonly ShownState[] = rest.force ? [...EVERY_STATE, 'delivered'] : EVERY_STATE
    const filter = { integration, centerId, states, backfill: true }
    return { kind: 'created', redrive: await create({ ...rest, filter }) }
  }

  return {
    /** Counts what a redrive would send now, and shows some of it. Changes nothing. */
    dryRun: async (request: RedriveRequest): Promise<DryRun> => {
      const decided = decideFilter(request.filter, request.force)
      if (!decided.ok) return { kind: 'refused', reason: decided.reason }
      const { total, sample } = await count({ ...request, filter: decided.filter }, clock.now())
      return { kind: 'dry-run', count: total, sample }
    },

    /** Begins a redrive of everything that fits; the next sweep takes it up. */
    create: async (request: RedriveRequest): Promise<Requested> => {
      const decided = decideFilter(request.filter, request.force)
      if (!decided.ok) return { kind: 'refused', reason: decided.reason }
      const filter = decided.filter
      return { kind: 'created', redrive: await inTurn(() => create({ ...request, filter })) }
    },

    /** Begins a redrive of one delivery, unless it is delivered (without `force`) or another redrive has it. */
    createOne: (request: OneRequest): Promise<RequestedOne> => inTurn(() => createOne(request)),

    /** Pauses, resumes or cancels a redrive. */
    act: async (id: string, action: RedriveAction, actor: string): Promise<Acted> => {
      const found = await redrives.read(id)
      if (!found) return { kind: 'not-found' }
      const decided = decideRedriveAction(found.redrive, action)
      if (decided.decision === 'ended') return { kind: 'ended' }
      if (decided.decision === 'same') return { kind: 'done', redrive: found.redrive }
      const { reason } = found.redrive
      await audit.append({ at: clock.now(), actor, action: `redrive.${action}`, target: id, reason })
      const changed = await changeRedrive(redrives, id, (redrive) => {
        // Decided again: it may have ended meanwhile.
        const now = decideRedriveAction(redrive, action)
        return now.decision === 'changed' ? now.redrive : redrive
      })
      return changed ? { kind: 'done', redrive: changed } : { kind: 'not-found' }
    },
  }
}

export type RequestRedrive = ReturnType<typeof createRequestRedrive>
