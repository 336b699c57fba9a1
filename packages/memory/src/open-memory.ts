import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { Clock, DeliveryRow, Engine, Revision, RowKey, StoredCenter } from '@mensageria/core'
import { asksThrough, createAsks, type Faults, type Operation, type Step } from './asks.ts'
import type { Context, ListedIntegration } from './context.ts'
import { createCenterStore, putCenter } from './intake/center-store.ts'
import { createOutbox, openEvent } from './intake/outbox.ts'
import { createIntegrationStates } from './ledger/integration-states.ts'
import { createLedger } from './ledger/ledger.ts'
import { putRow } from './ledger/put-row.ts'
import { createAuditLog } from './operations/audit-log.ts'
import { createFailureNotes } from './operations/failure-notes.ts'
import { createPurge } from './operations/purge.ts'
import { createRedriveStore } from './operations/redrive-store.ts'
import { createUnreadableMessages } from './operations/unreadable-messages.ts'
import { createDeliverySearch } from './search/delivery-search.ts'
import { createStats } from './stats/stats.ts'
import { createStored, rowKey, type Stored } from './stored.ts'

export type MemoryOptions = {
  integrations: readonly ListedIntegration[]
  /** The clock of the rows' age; the machine's own unless given. */
  clock?: Pick<Clock, 'now' | 'monotonic'>
}

/** Puts things there without asking any port: nothing of it is in `calls`, and no fault comes between. */
export type Given = {
  row(row: DeliveryRow): Revision
  center(stored: StoredCenter): void
  /** An open event; it is due when its first check would be, unless said (epoch milliseconds). */
  event(event: DistributionCenterEvent, open?: { checks?: number; nextCheckAt?: number }): void
}

/** The engine in memory, with what tests need of it. */
export type MemoryEngine = Engine & {
  /** The operations that were asked, in order; `calls.length = 0` begins anew. */
  calls: Operation[]
  faults: Faults
  /** What is stored. For reading: a write to it goes past the ports. */
  stored: Stored
  given: Given
  rowOf(key: RowKey): DeliveryRow | undefined
  /** A view of the same data whose every operation passes `step`; neither `calls` nor `faults` know of it. */
  through(step: Step): Engine
  /** An engine over the same data with another list: a restart, or a deploy. */
  reopen(integrations: readonly ListedIntegration[]): MemoryEngine
}

const SYSTEM_CLOCK = { now: () => Date.now(), monotonic: () => performance.now() }

const createEngine = (context: Context): Engine => ({
  centers: createCenterStore(context),
  outbox: createOutbox(context),
  ledger: createLedger(context),
  states: createIntegrationStates(context),
  search: createDeliverySearch(context),
  stats: createStats(context),
  redrives: createRedriveStore(context),
  audit: createAuditLog(context),
  notes: createFailureNotes(context),
  unreadable: createUnreadableMessages(context),
  identity: { read: async () => context.stored.identity },
  purge: createPurge(context),
})

const openStored = (stored: Stored, { integrations, clock = SYSTEM_CLOCK }: MemoryOptions): MemoryEngine => {
  const { asks, calls, faults } = createAsks()
  return {
    ...createEngine({ stored, asks, integrations, clock }),
    calls,
    faults,
    stored,
    given: {
      row: (row) => putRow(stored, row, clock),
      center: (center) => putCenter(stored, center),
      event: (event, open) => openEvent(stored, event, open),
    },
    rowOf: (key) => stored.rows.get(rowKey(key))?.row,
    through: (step) => createEngine({ stored, asks: asksThrough(step), integrations, clock }),
    reopen: (others) => openStored(stored, { integrations: others, clock }),
  }
}

/**
 * Opens an engine with nothing in it. Each operation is one synchronous step inside a promise; nothing that is given or
 * taken is copied, and it forgets with the process.
 */
export const openMemory = (options: MemoryOptions): MemoryEngine => openStored(createStored(), options)
