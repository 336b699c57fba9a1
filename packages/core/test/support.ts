import { toEvent, type DistributionCenter } from '@mensageria/contracts'
import { openMemory } from '@mensageria/memory'
import type { DeliveryRow, RowKey } from '../src/model/delivery-row.ts'
import type { Engine } from '../src/engine.ts'
import type { CenterWrite, Clock, Revision, StoredCenter } from '../src/ports/index.ts'
import { centerOf, createTestClock, KEY, NOW, TRACEPARENT } from '../src/testing/samples.ts'

/** How one write goes wrong: it fails, or it is made and its answer is lost. */
export type Fault = 'throws' | 'throws-but-written' | 'refused' | 'refused-but-written'

type Options = { integrations?: readonly { name: string; since?: number }[]; clock?: Clock }

const storedOf = (center: DistributionCenter): CenterWrite['stored'] => ({
  center,
  requestId: 'request',
  traceparent: TRACEPARENT,
  actor: 'local',
})

const withFault = async <T>(fault: Fault | undefined, write: () => Promise<T>, refused: T): Promise<T> => {
  if (fault === 'throws') throw new Error('the store is away')
  if (fault === 'refused') return refused
  const written = await write()
  if (fault === 'throws-but-written') throw new Error('the answer was lost')
  return fault === 'refused-but-written' ? refused : written
}

const REFUSED = { committed: false } as const

// The compare-and-set writes: they are listed although they fail.
const FAULTY = new Set([
  'ledger.create',
  'ledger.replace',
  'centers.create',
  'centers.update',
  'centers.saveIdempotency',
])

/**
 * The engine in memory with what tests need beside its ports: `calls` lists what was asked of it, `faults` are used up by its
 * next compare-and-set writes, in order.
 */
export const createTestEngine = ({
  integrations = [{ name: KEY.integration }],
  clock = createTestClock(),
}: Options = {}) => {
  const memory = openMemory({ integrations, clock })
  const calls: string[] = []
  const faults: Fault[] = []
  const seen = memory.through(async (operation, work) => {
    if (!FAULTY.has(operation)) calls.push(operation)
    return work()
  })
  const faulty = <T>(operation: string, write: () => Promise<T>, refused: T): Promise<T> => {
    calls.push(operation)
    return withFault(faults.shift(), write, refused)
  }
  const { ledger, centers } = seen
  const engine: Engine = {
    ...seen,
    ledger: {
      ...ledger,
      create: (row) => faulty('ledger.create', () => ledger.create(row), undefined),
      replace: (row, expected) => faulty('ledger.replace', () => ledger.replace(row, expected), undefined),
    },
    centers: {
      ...centers,
      create: (write) => faulty('centers.create', () => centers.create(write), REFUSED),
      update: (write) => faulty('centers.update', () => centers.update(write), REFUSED),
      saveIdempotency: (write) =>
        faulty('centers.saveIdempotency', () => centers.saveIdempotency(write), false),
    },
  }
  const entryOf = ({ integration, centerId }: RowKey) => memory.stored.rows.get(`${integration}~${centerId}`)
  const rowOf = (key: RowKey = KEY): DeliveryRow | undefined => entryOf(key)?.row
  return {
    memory,
    engine,
    calls,
    faults,
    rowOf,
    /** Writes a row past the ports, whatever is there; gives its revision. */
    put: (row: DeliveryRow): Revision => {
      const found = entryOf(row)
      void (found ? memory.ledger.replace(row, found.revision) : memory.ledger.create(row))
      const revision = entryOf(row)?.revision
      if (revision === undefined) throw new Error('The row is not written')
      return revision
    },
    /** Accepts a center past the ports; its event is closed. */
    putCenter: (centerId: string, version = 1): void => {
      const center = centerOf(version, centerId)
      const event = toEvent(center, TRACEPARENT)
      void memory.centers.create({ stored: storedOf(center), event })
      void memory.outbox.close([event.id], NOW)
    },
    /** Accepts a center past the ports; its event is open and due. */
    openEvent: (centerId: string, version = 1, checks = 0): void => {
      const event = { ...toEvent(centerOf(version, centerId), TRACEPARENT), id: `${centerId}:${version}` }
      const found = memory.stored.centers.get(centerId)
      const stored = storedOf(event.data)
      void (found
        ? memory.centers.update({ stored, event, expected: found.revision })
        : memory.centers.create({ stored, event }))
      void memory.outbox.postpone(event.id, NOW, checks)
    },
    /** The open events by id. */
    openEvents: (): Map<string, { checks: number; nextCheckAt: number }> =>
      new Map(
        [...memory.stored.events].flatMap(([id, { open, nextCheckAt }]) =>
          nextCheckAt === undefined ? [] : [[id, { checks: open.checks, nextCheckAt }] as const],
        ),
      ),
  }
}

/** Its ledger alone; `calls` names what was asked of the ledger. */
export const createTestLedger = (clock: Clock) => {
  const { engine, calls, faults, put, rowOf } = createTestEngine({ clock })
  const asked = () =>
    calls.flatMap((call) => (call.startsWith('ledger.') ? [call.slice('ledger.'.length)] : []))
  return {
    ...engine.ledger,
    faults,
    put,
    rowOf,
    get calls() {
      return asked()
    },
    forgetCalls: (): void => {
      calls.length = 0
    },
  }
}

/** Its center store alone; `events` are the outbox rows of its commits. */
export const createTestCenters = () => {
  const { engine, calls, faults, memory } = createTestEngine()
  const asked = () =>
    calls.flatMap((call) => (call.startsWith('centers.') ? [call.slice('centers.'.length)] : []))
  return {
    ...engine.centers,
    faults,
    put: (stored: StoredCenter): void => {
      void memory.centers.create({
        stored: { actor: 'local', ...stored },
        event: toEvent(stored.center, stored.traceparent),
      })
    },
    /** The idempotency records. */
    kept: () => [...memory.stored.idempotency.values()],
    get events() {
      return [...memory.stored.events.keys()]
    },
    get calls() {
      return asked()
    },
    forgetCalls: (): void => {
      calls.length = 0
    },
  }
}
