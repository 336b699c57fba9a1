import type {
  AnnotateFailures,
  AttemptCounts,
  AuditLog,
  Clock,
  DeliverySearch,
  FailureNotes,
  Stats,
  IntegrationSettings,
  IntegrationStates,
  PauseIntegration,
  RedriveStore,
  ReportDaily,
  RequestRedrive,
  UnreadableMessages,
} from '@mensageria/core'
import { callerIdOf } from '@mensageria/runtime'
import type { FastifyRequest } from 'fastify'
import type { EventHub } from './event-hub.ts'

/** What the routes stand on; the process that composes them opens and closes it. */
export type ConsoleDeps = {
  /** The configured integrations, in the order in which they are listed. */
  integrations: readonly IntegrationSettings[]
  states: Pick<IntegrationStates, 'read'>
  stats: Stats
  attempts: Pick<AttemptCounts, 'lastHour'>
  notes: Pick<FailureNotes, 'of'>
  search: DeliverySearch
  redrives: Pick<RedriveStore, 'read' | 'list'>
  audit: Pick<AuditLog, 'list'>
  unreadable: Pick<UnreadableMessages, 'list'>
  requestRedrive: RequestRedrive
  pauseIntegration: PauseIntegration
  annotateFailures: AnnotateFailures
  reportDaily: ReportDaily
  hub: EventHub
  /** Resolves when whoever watches from now on is told of every change; absent where this process makes all changes. */
  beginWatching?: () => Promise<void>
  clock: Pick<Clock, 'now'>
  /** Who asks, for the audit log; who signed in unless given. */
  identify?: (request: FastifyRequest) => string
}

/** Who asks. */
export const callerOf = ({ identify = callerIdOf }: ConsoleDeps, request: FastifyRequest): string =>
  identify(request)
