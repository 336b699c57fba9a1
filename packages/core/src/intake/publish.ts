import type { DistributionCenterEvent, Publication } from '@mensageria/contracts'
import { PUBLISH_MS } from '../model/budget.ts'
import type { Clock, Publisher } from '../ports/index.ts'

type PublishDeps = { publisher: Publisher; clock: Clock }

/** Publishes, or rejects: with what the broker's client throws, also at once, or at the deadline of a publication. */
export const publishInTime = async (
  { publisher, clock }: PublishDeps,
  event: DistributionCenterEvent,
): Promise<void> => {
  const published = publisher.publish(event).then(() => true)
  const inTime = await Promise.race([published, clock.sleep(PUBLISH_MS).then(() => false)])
  if (!inTime) throw new Error(`The broker did not take the event within ${PUBLISH_MS} ms`)
}

/**
 * Publishes within the accept path's own deadline. Never throws: what is `pending` is in the outbox, and the sweeper
 * publishes it again.
 */
export const createPublish =
  (deps: PublishDeps) =>
  (event: DistributionCenterEvent): Promise<Publication> =>
    publishInTime(deps, event).then(
      () => 'published' as const,
      () => 'pending' as const,
    )

export type Publish = ReturnType<typeof createPublish>
