import { toEvent, type DistributionCenterEvent } from '@mensageria/contracts'
import {
  dueAtOf,
  FIRST_CHECK_MS,
  type CenterStore,
  type DeliveryRow,
  type IntegrationState,
  type IntegrationStates,
  type Ledger,
  type OpenEvent,
  type Outbox,
  type Redrive,
  type StoredCenter,
} from '@mensageria/core'
import type { Run } from './faults.ts'
import type { Scheduler } from './scheduler.ts'

type StoredRow = { row: DeliveryRow; revision: string; writtenAt: number }
type StoredEvent = { event: DistributionCenterEvent; open: OpenEvent; nextCheckAt: number | undefined }

/** All that is durable; a crash takes none of it. */
export type Stored = {
  centers: Map<string, StoredCenter & { revision: string }>
  events: Map<string, StoredEvent>
  rows: Map<string, StoredRow>
  states: Map<string, IntegrationState>
  redrives: Map<string, { redrive: Redrive; revision: string }>
}

export const createStored = (): Stored => ({
  centers: new Map(),
  events: new Map(),
  rows: new Map(),
  states: new Map(),
  redrives: new Map(),
})

const keyOf = ({ integration, centerId }: { integration: string; centerId: string }) =>
  `${integration}~${centerId}`

/** The center store, as one run of a worker sees it. Idempotency keys are not part of the simulation. */
export const createCenters = ({ centers, events }: Stored, run: Run, scheduler: Scheduler): CenterStore => {
  const write = (stored: StoredCenter): void => {
    const { center, traceparent } = stored
    centers.set(center.id, { ...stored, revision: String(center.version) })
    const event = toEvent(center, traceparent)
    const open = {
      eventId: event.id,
      centerId: center.id,
      version: center.version,
      centerCreatedAt: Date.parse(center.createdAt),
      checks: 0,
    }
    events.set(event.id, { event, open, nextCheckAt: scheduler.clock.now() + FIRST_CHECK_MS })
  }
  return {
    create: ({ stored }) =>
      run.step(() => {
        if (centers.has(stored.center.id)) return { committed: false }
        write(stored)
        return { committed: true, published: false }
      }),
    update: ({ stored, expected }) =>
      run.step(() => {
        if (centers.get(stored.center.id)?.revision !== expected) return { committed: false }
        write(stored)
        return { committed: true, published: false }
      }),
    read: (centerId) => run.step(() => centers.get(centerId)),
    list: () => Promise.reject(new Error('Nobody lists here')),
    readIdempotency: async () => undefined,
    saveIdempotency: async () => true,
  }
}

/** The outbox, as one run sees it. */
export const createOutbox = ({ events }: Stored, run: Run): Outbox => ({
  due: (now, limit) =>
    run.step(() =>
      [...events.values()]
        .filter(({ nextCheckAt }) => nextCheckAt !== undefined && nextCheckAt <= now)
        .toSorted((a, b) => (a.nextCheckAt ?? 0) - (b.nextCheckAt ?? 0))
        .slice(0, limit)
        .map(({ open }) => open),
    ),
  read: (eventId) => run.step(() => events.get(eventId)?.event),
  postpone: (eventId, nextCheckAt, checks) =>
    run.step(() => {
      const found = events.get(eventId)
      if (found?.nextCheckAt === undefined) return
      events.set(eventId, { ...found, nextCheckAt, open: { ...found.open, checks } })
    }),
  close: (eventIds) =>
    run.step(() => {
      for (const eventId of eventIds) {
        const found = events.get(eventId)
        if (found) events.set(eventId, { ...found, nextCheckAt: undefined })
      }
    }),
})

/** The ledger, as one run sees it. */
export const createLedger = ({ rows }: Stored, run: Run, scheduler: Scheduler): Ledger => {
  const put = (row: DeliveryRow): string => {
    const revision = String(Number(rows.get(keyOf(row))?.revision ?? 0) + 1)
    rows.set(keyOf(row), { row, revision, writtenAt: scheduler.elapsed() })
    return revision
  }
  const seen = ({ row, revision, writtenAt }: StoredRow) => ({
    row,
    revision,
    ageMs: scheduler.elapsed() - writtenAt,
  })
  const dueRows = (integrations: readonly string[], now: number) =>
    [...rows.values()].filter(
      ({ row }) => integrations.includes(row.integration) && (dueAtOf(row) ?? Infinity) <= now,
    )
  return {
    create: (row) => run.step(() => (rows.has(keyOf(row)) ? undefined : put(row))),
    replace: (row, expected) =>
      run.step(() => (rows.get(keyOf(row))?.revision === expected ? put(row) : undefined)),
    read: (key) =>
      run.step(() => {
        const found = rows.get(keyOf(key))
        return found && seen(found)
      }),
    ofCenter: (centerId) =>
      run.step(() => [...rows.values()].map(({ row }) => row).filter((row) => row.centerId === centerId)),
    versions: (centerIds) =>
      run.step(() => {
        const versions = new Map<string, Record<string, number>>()
        for (const { row } of rows.values()) {
          if (!centerIds.includes(row.centerId)) continue
          versions.set(row.centerId, { ...versions.get(row.centerId), [row.integration]: row.version })
        }
        return Object.fromEntries(versions)
      }),
    hasDue: (integrations, now) => run.step(() => dueRows(integrations, now).length > 0),
    due: (integration, now, limit) =>
      run.step(() =>
        dueRows([integration], now)
          .toSorted((a, b) => (dueAtOf(a.row) ?? 0) - (dueAtOf(b.row) ?? 0))
          .slice(0, limit)
          .map(seen),
      ),
    // As on Google Cloud: recovery must do without it.
    lastDeliveredAt: async () => undefined,
  }
}

/** The states of the integrations, as one run sees them. */
export const createStates = ({ states }: Stored, run: Run): IntegrationStates => ({
  read: (name) => run.step(() => states.get(name)),
  writeRecovery: (name, recovery) =>
    run.step(() => {
      states.set(name, { ...states.get(name), recovery })
    }),
  writePause: (name, paused) =>
    run.step(() => {
      const { recovery } = states.get(name) ?? {}
      states.set(name, { ...(recovery && { recovery }), ...(paused && { paused }) })
    }),
})
