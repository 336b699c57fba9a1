import type { DistributionCenterEvent } from '@mensageria/contracts'
import type { Due } from '../model/due.ts'
import type { OpenEvent } from '../model/open-event.ts'

/** Events that are not handed over yet. */
export type Outbox = {
  /** Open events whose next check is due, oldest due first; those planned later than can be come last. */
  due(due: Due, limit: number): Promise<OpenEvent[]>
  /** The event itself, to publish it again. */
  read(eventId: string): Promise<DistributionCenterEvent | undefined>
  postpone(eventId: string, nextCheckAt: number, checks: number): Promise<void>
  close(eventIds: readonly string[], now: number): Promise<void>
}
