import type { FoundDelivery } from '../model/found-delivery.ts'
import type { RedriveRequest } from '../model/redrive.ts'
import type { Clock } from '../ports/index.ts'
import { decideFilter, shouldSend, type FilterProblem } from './decide.ts'
import { statesOf, type StatesOf, type StatesOfDeps } from './states-of.ts'

export type InvalidRequest = { kind: 'invalid'; reason: FilterProblem }
/** `more`: the count stopped at its bound. `instead`: where nothing would be sent, in which states the deliveries are. */
export type DryRun =
  | { kind: 'dry-run'; count: number; more: boolean; sample: FoundDelivery[]; instead?: StatesOf }
  | InvalidRequest

const SAMPLE_MAX = 10
const PAGE_SIZE = 200
/** A dry run counts to here and no further: what it says is "at least so many". */
export const DRY_RUN_MAX = 1_000
// Pages may be short or empty: bounds a dry run whose filter means almost nothing.
const PAGES_MAX = 50

export type DryRunDeps = StatesOfDeps & { clock: Pick<Clock, 'now'> }

/**
 * Counts what a redrive would send now, up to 1,000, and shows some of it; of none it says where they are instead. Changes
 * nothing.
 */
export const createDryRun =
  (deps: DryRunDeps) =>
  async (request: RedriveRequest): Promise<DryRun> => {
    const { search, clock, integrations } = deps
    const decided = decideFilter(request.filter, request.force, integrations)
    if (!decided.ok) return { kind: 'invalid', reason: decided.reason }
    const asked = { ...request, filter: decided.filter, createdAt: clock.now() }
    const sample: FoundDelivery[] = []
    let count = 0
    let pageToken: string | undefined
    for (let page = 0; page < PAGES_MAX; page++) {
      const position = { pageSize: PAGE_SIZE, ...(pageToken === undefined ? {} : { pageToken }) }
      const found = await search.find(asked.filter, position)
      const toSend = found.items.filter((one) => shouldSend(asked, one, clock.now()))
      count += toSend.length
      sample.push(...toSend.slice(0, SAMPLE_MAX - sample.length))
      pageToken = found.nextPageToken
      if (pageToken === undefined || count >= DRY_RUN_MAX) break
    }
    const more = pageToken !== undefined || count > DRY_RUN_MAX
    const instead = count === 0 && !more ? { instead: await statesOf(asked.filter, deps) } : {}
    return { kind: 'dry-run', count: Math.min(count, DRY_RUN_MAX), more, sample, ...instead }
  }
