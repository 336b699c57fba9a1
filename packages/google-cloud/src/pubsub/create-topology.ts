import { PubSub, type CreateSubscriptionOptions } from '@google-cloud/pubsub'
import { DEAD_LETTER_TOPIC, TOPIC } from '@mensageria/contracts'
import { ACK_DEADLINE_MS, type IntegrationSettings } from '@mensageria/core'
import { refuseEmulator } from '../firestore/refuse-emulator.ts'

export type TopologyOptions = {
  projectId: string
  integrations: readonly Pick<IntegrationSettings, 'name' | 'retry'>[]
  /** Where a subscription pushes to; asked for each integration and for the dead letters' own. */
  pushEndpointOf: (subscription: string) => string
  /** For tests that wait for its end; the time budget of a push unless given. */
  ackDeadlineMs?: number
}

// As Terraform has them for dead letters: parking needs the ledger alone.
const DEAD_LETTER_RETRY = { minBackoffMs: 10_000, maxBackoffMs: 600_000 }

const ALREADY_EXISTS = 6

const unlessExists = async (creation: Promise<unknown>): Promise<boolean> => {
  try {
    await creation
    return true
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === ALREADY_EXISTS)
      return false
    throw error
  }
}

const secondsOf = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 })

/**
 * Creates the topics and push subscriptions of the local set-up and of tests, or brings the subscriptions up to date.
 * Production has them from Terraform.
 */
export const createTopology = async ({
  projectId,
  integrations,
  pushEndpointOf,
  ackDeadlineMs = ACK_DEADLINE_MS,
}: TopologyOptions): Promise<void> => {
  refuseEmulator('PUBSUB_EMULATOR_HOST')
  const pubsub = new PubSub({ projectId })

  const subscribe = async (
    topic: string,
    name: string,
    { minBackoffMs, maxBackoffMs }: { minBackoffMs: number; maxBackoffMs: number },
    deadLetterPolicy?: CreateSubscriptionOptions['deadLetterPolicy'],
  ) => {
    const settings = {
      ackDeadlineSeconds: ackDeadlineMs / 1000,
      retryPolicy: { minimumBackoff: secondsOf(minBackoffMs), maximumBackoff: secondsOf(maxBackoffMs) },
      ...(deadLetterPolicy ? { deadLetterPolicy } : {}),
    }
    const pushConfig = { pushEndpoint: pushEndpointOf(name) }
    // Without a time to live it never expires; the default is 31 days without activity.
    const creation = pubsub
      .topic(topic)
      .createSubscription(name, { ...settings, pushConfig, expirationPolicy: {} })
    if (await unlessExists(creation)) return
    await pubsub.subscription(name).setMetadata(settings)
    await pubsub.subscription(name).modifyPushConfig(pushConfig)
  }

  try {
    await Promise.all([TOPIC, DEAD_LETTER_TOPIC].map((name) => unlessExists(pubsub.createTopic(name))))
    const deadLetterTopic = `projects/${projectId}/topics/${DEAD_LETTER_TOPIC}`
    await Promise.all([
      subscribe(DEAD_LETTER_TOPIC, DEAD_LETTER_TOPIC, DEAD_LETTER_RETRY),
      ...integrations.map(({ name, retry }) =>
        subscribe(TOPIC, name, retry, { deadLetterTopic, maxDeliveryAttempts: retry.attemptsMax }),
      ),
    ])
  } finally {
    await pubsub.close()
  }
}
