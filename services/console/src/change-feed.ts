import { DeliveryState } from '@mensageria/contracts'
import type {
  Clock,
  DeliverySearch,
  IntegrationSettings,
  IntegrationStates,
  RedriveStore,
  Stats,
} from '@mensageria/core'
import type { ConsoleEvent, EventHub } from './event-hub.ts'
import { createShowIntegrations } from './show-integrations.ts'
import { toRedrive, withLanes } from './to-redrive.ts'

export type ChangeFeedDeps = {
  engine: {
    states: Pick<IntegrationStates, 'read'>
    stats: Pick<Stats, 'ofIntegration' | 'totals'>
    search: DeliverySearch
    redrives: Pick<RedriveStore, 'active' | 'list' | 'read'>
  }
  integrations: readonly IntegrationSettings[]
  hub: Pick<EventHub, 'publish'>
  settleMs: number
  clock: Pick<Clock, 'now'>
}

/** What one check found: each thing by its key, how it is compared, and what people are told of it. */
type Seen = Map<string, { mark: string; event: ConsoleEvent['event']; data: unknown }>

// An attempt keeps its time until it ends, 45 s later at most; the rest is for clocks that differ.
const RECENT_MS = 60_000
// Of more attempts between two checks, the newest are told.
const DELIVERIES_MAX = 20
// Those that somebody can ask for, and see the end of, between two checks.
const REDRIVES_MAX = 10

/**
 * Finds what other processes have changed, by comparing what is stored now with the check before: bounded reads, however
 * much is stored. The first check tells nothing, and neither does the first one after `forget`.
 */
export const createChangeFeed = (deps: ChangeFeedDeps) => {
  const { engine, integrations, hub, clock } = deps
  const { search, redrives } = engine
  const show = createShowIntegrations(deps)
  let before: Seen | undefined

  const seeIntegrations = async (seen: Seen) => {
    for (const data of await show(integrations)) {
      // Its own time passes, and is no change; neither is an estimate that passes with it.
      const backfill = data.backfill && { ...data.backfill, beginsAt: undefined }
      const mark = JSON.stringify({ ...data, backfill, asOf: undefined })
      seen.set(`integration ${data.name}`, { mark, event: 'integration', data })
    }
  }

  // The newest are there for those that begin and end between two checks.
  const seeRedrives = async (seen: Seen) => {
    const [active, newest] = await Promise.all([redrives.active(), redrives.list({ pageSize: REDRIVES_MAX })])
    const known = new Map([...newest.items, ...active].map((one) => [one.redrive.id, one]))
    const gone = [...(before ?? [])].flatMap(([key, { event }]) => {
      const id = key.replace('redrive ', '')
      return event === 'redrive' && !known.has(id) ? [id] : []
    })
    // What has ended since is read once more: people wait for its last numbers.
    const last = await Promise.all(gone.map((id) => redrives.read(id)))
    const ended = last.flatMap((found) => (found ? [withLanes(found)] : []))
    for (const one of [...known.values(), ...ended]) {
      const { id } = one.redrive
      const data = toRedrive(one)
      const mark = JSON.stringify(data)
      const isTold = !known.has(id) && before?.get(`redrive ${id}`)?.mark === mark
      if (!isTold) seen.set(`redrive ${id}`, { mark, event: 'redrive', data })
    }
  }

  const seeDeliveries = async (seen: Seen) => {
    const filter = { states: DeliveryState.options, since: clock.now() - RECENT_MS }
    const { items } = await search.find(filter, { pageSize: DELIVERIES_MAX })
    for (const { integration, centerId, row } of items) {
      if (!row) continue
      const { version, state, attempts } = row
      const data = { integration, centerId, version, state }
      const mark = `${version} ${state} ${attempts}`
      seen.set(`delivery ${integration}~${centerId}`, { mark, event: 'delivery', data })
    }
  }

  const checkOnce = async () => {
    const seen: Seen = new Map()
    await Promise.all([seeIntegrations(seen), seeRedrives(seen), seeDeliveries(seen)])
    if (before) {
      for (const [key, { mark, event, data }] of seen) {
        if (before.get(key)?.mark !== mark) hub.publish(event, () => data)
      }
    }
    before = seen
  }

  let current: Promise<void> | undefined
  const check = (): Promise<void> => {
    current ??= checkOnce().finally(() => {
      current = undefined
    })
    return current
  }

  return {
    /** Checks, one check at a time, and tells what differs. */
    check,
    /** Resolves when there is a check that later ones are compared with: what changes from now on will be told. */
    begin: async (): Promise<void> => {
      if (!before) await check()
    },
    forget: (): void => {
      before = undefined
    },
  }
}

export type ChangeFeed = ReturnType<typeof createChangeFeed>
