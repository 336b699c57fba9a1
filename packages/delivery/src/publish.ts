import type { DistributionCenterEvent, Publication } from '@mensageria/contracts'
import { PUBLISH_MS } from './budget.ts'
import type { Clock, Publisher } from './ports.ts'

/**
 * Publishes within the accept path's own deadline. Never throws: what is `pending` is in the outbox, and the sweeper
 * publishes it again.
 */
export const createPublish =
  ({ publisher, clock }: { publisher: Publisher; clock: Clock }) =>
  async (event: DistributionCenterEvent): Promise<Publication> => {
    const published = publisher.publish(event).then(
      () => 'published' as const,
      () => 'pending' as const,
    )
    return Promise.race([published, clock.sleep(PUBLISH_MS).then(() => 'pending' as const)])
  }

export type Publish = ReturnType<typeof createPublish>
