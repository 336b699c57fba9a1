import type { OpenEvent } from '../model/open-event.ts'
import type { DistributionCenterEvent } from '@mensageria/contracts'

/** Events that are not handed over yet. */
export type Outbox = {
  /** Open events whose next look is due, oldest due first. */
  due(now: number, limit: number): Promise<OpenEvent[]>
  /** The event itself, to publish it again. */
  read(eventId: string): Promise<DistributionCenterEvent | undefined>
  postpone(eventId: string, nextCheckAt: number, checks: number): Promise<void>
  close(eventIds: readonly string[], now: number): Promise<void>
}
