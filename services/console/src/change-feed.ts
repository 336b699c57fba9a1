import { DeliveryState } from '@mensageria/contracts'
import type {
  Clock,
  DeliverySearch,
  Stats,
  IntegrationSettings,
  IntegrationStates,
  RedriveStore,
} from '@mensageria/core'
import type { ConsoleEvent, EventHub } from './event-hub.ts'
import { toIntegration } from './to-integration.ts'
import { toRedrive } from './to-redrive.ts'

export type ChangeFeedDeps = {
  integrations: readonly IntegrationSettings[]
  states: Pick<IntegrationStates, 'read'>
  stats: Pick<Stats, 'ofIntegration'>
  search: DeliverySearch
  redrives: Pick<RedriveStore, 'active' | 'list' | 'read'>
  hub: Pick<EventHub, 'publish'>
  clock: Pick<Clock, 'now'>
}

/** What one look saw: each thing by its key, how it is compared, and what people are told of it. */
type Seen = Map<string, { mark: string; event: ConsoleEvent['event']; data: unknown }>

// An attempt keeps its time until it ends, 40 s later at most; the rest is for clocks that differ.
const LOOK_BACK_MS = 60_000
// Of more attempts between two looks, the newest are told.
const DELIVERIES_MAX = 20
// Those that somebody can ask for, and see the end of, between two looks.
const REDRIVES_MAX = 10

/**
 * Finds out what other processes have changed, by looking and comparing with the look before: bounded reads, whatever is
 * stored. The first look tells nothing, and so does the first one after `forget`.
 */
export const createChangeFeed = (deps: ChangeFeedDeps) => {
  const { integrations, states, stats, search, redrives, hub, clock } = deps
  let before: Seen | undefined

  const seeIntegrations = async (seen: Seen) => {
    const shown = await Promise.all(
      integrations.map(async (settings) => {
        const [state, known] = await Promise.all([
          states.read(settings.name),
          stats.ofIntegration(settings.name),
        ])
        return toIntegration(settings, state ?? {}, known, clock.now())
      }),
    )
    for (const data of shown) {
      // Its own time passes, and is no news.
      const mark = JSON.stringify({ ...data, asOf: undefined })
      seen.set(`integration ${data.name}`, { mark, event: 'integration', data })
    }
  }

  // The newest are there for those that begin and end between two looks.
  const seeRedrives = async (seen: Seen) => {
    const [active, newest] = await Promise.all([redrives.active(), redrives.list({ pageSize: REDRIVES_MAX })])
    const known = new Map([...newest.items, ...active].map((redrive) => [redrive.id, redrive]))
    const gone = [...(before ?? [])].flatMap(([key, { event }]) => {
      const id = key.replace('redrive ', '')
      return event === 'redrive' && !known.has(id) ? [id] : []
    })
    // One more look at what has ended since: people wait for its last numbers.
    const last = await Promise.all(gone.map(async (id) => (await redrives.read(id))?.redrive))
    for (const redrive of [...known.values(), ...last]) {
      if (!redrive) continue
      const data = toRedrive(redrive)
      const mark = JSON.stringify(data)
      const isTold = !known.has(redrive.id) && before?.get(`redrive ${redrive.id}`)?.mark === mark
      if (!isTold) seen.set(`redrive ${redrive.id}`, { mark, event: 'redrive', data })
    }
  }

  const seeDeliveries = async (seen: Seen) => {
    const filter = { states: DeliveryState.options, since: clock.now() - LOOK_BACK_MS }
    const { items } = await search.find(filter, { pageSize: DELIVERIES_MAX })
    for (const { integration, centerId, row } of items) {
      if (!row) continue
      const { version, state, attempts } = row
      const data = { integration, centerId, version, state }
      const mark = `${version} ${state} ${attempts}`
      seen.set(`delivery ${integration}~${centerId}`, { mark, event: 'delivery', data })
    }
  }

  const lookOnce = async () => {
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
  const look = (): Promise<void> => {
    current ??= lookOnce().finally(() => {
      current = undefined
    })
    return current
  }

  return {
    /** Looks, one look at a time, and tells what differs. */
    look,
    /** Resolves when there is a look that later ones are compared with: what changes from now on will be told. */
    begin: async (): Promise<void> => {
      if (!before) await look()
    },
    forget: (): void => {
      before = undefined
    },
  }
}

export type ChangeFeed = ReturnType<typeof createChangeFeed>
