import type {
  AuditLog,
  Clock,
  DeliverySearch,
  FailureNotes,
  IntegrationSettings,
  IntegrationStates,
  Operations,
  RedriveStore,
  Stats,
  UnreadableMessages,
} from '@mensageria/core'
import type { CheckTarget } from '@mensageria/runtime'
import type { EventHub } from './event-hub.ts'
import type { Watchers } from './watchers.ts'

/** What the routes read of an engine. */
export type ConsoleEngine = {
  states: Pick<IntegrationStates, 'read'>
  stats: Pick<Stats, 'ofIntegration' | 'failureGroups' | 'totals' | 'lastHour'>
  search: DeliverySearch
  redrives: Pick<RedriveStore, 'read' | 'list' | 'active'>
  audit: Pick<AuditLog, 'list'>
  notes: Pick<FailureNotes, 'of'>
  unreadable: Pick<UnreadableMessages, 'list'>
}

/** What the routes stand on; the process that composes them opens and closes it. */
export type ConsoleDeps = {
  engine: ConsoleEngine
  operations: Operations
  /** The configured integrations, in the order in which they are listed. */
  integrations: readonly IntegrationSettings[]
  hub: EventHub
  /** How long a change of the list settles before its backfill begins, in milliseconds. */
  settleMs: number
  /** How the targets of this process's integrations are asked; none unless given. */
  checks?: ReadonlyMap<string, CheckTarget>
  /** Resolves when a watcher is told of every change from then on; absent where this process makes all changes. */
  beginWatching?: () => Promise<void>
  /** Counts who watches; the usual number of places unless given. */
  watchers?: Watchers
  clock: Pick<Clock, 'now'>
}
