import { PubSub } from '@google-cloud/pubsub'
import { TOPIC, toAttributes } from '@mensageria/contracts'
import { PUBLISH_MS, type Publisher } from '@mensageria/core'
import { refuseEmulator } from '../firestore/refuse-emulator.ts'

export type PublisherOptions = { projectId: string }

/** The publisher port; `close` sends what is queued first. */
export type GoogleCloudPublisher = { publisher: Publisher; close: () => Promise<void> }

// All attempts of one batch together: below the core's own 2 s, so that nothing is sent after its answer said "pending".
const TOTAL_MS = PUBLISH_MS - 300
const ATTEMPT_MS = 800

// CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE: publishing twice is harmless.
const RETRIED = [1, 2, 4, 8, 10, 13, 14]

// A broker that was away is found again soon, not after the two minutes that gRPC's backoff grows to.
const RECONNECT: Record<string, number> = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
}

/**
 * Opens the publisher. One topic object for the life of the process: it holds the queue, and a registration waits 5 ms at
 * most for others to travel with it.
 */
export const openGoogleCloudPublisher = ({ projectId }: PublisherOptions): GoogleCloudPublisher => {
  refuseEmulator('PUBSUB_EMULATOR_HOST')
  const pubsub = new PubSub({ projectId, ...RECONNECT })
  const topic = pubsub.topic(TOPIC, {
    batching: { maxMilliseconds: 5, maxMessages: 100 },
    gaxOpts: {
      timeout: TOTAL_MS,
      retry: {
        retryCodes: RETRIED,
        backoffSettings: {
          initialRetryDelayMillis: 50,
          retryDelayMultiplier: 2,
          maxRetryDelayMillis: 400,
          initialRpcTimeoutMillis: ATTEMPT_MS,
          rpcTimeoutMultiplier: 1,
          maxRpcTimeoutMillis: ATTEMPT_MS,
          totalTimeoutMillis: TOTAL_MS,
        },
      },
    },
  })
  return {
    publisher: {
      publish: async (event) => {
        await topic.publishMessage({
          data: Buffer.from(JSON.stringify(event.data)),
          attributes: toAttributes(event),
        })
      },
    },
    close: async () => {
      try {
        await topic.flush()
      } finally {
        await pubsub.close()
      }
    },
  }
}
