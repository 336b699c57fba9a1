import { PubSub, v1 } from '@google-cloud/pubsub'
import { CALL_MS, type Outcome } from '@mensageria/core'
import { defined } from '@mensageria/contracts'
import type { Link } from '../define-destination.ts'
import { classify, NO_CONNECTION, NoCredentialsError } from './classify.ts'
import type { PubsubSettings } from './settings.ts'
import { bytesOf, REQUEST_BYTES_MAX, toPubsubMessage, type PubsubMessage } from './to-pubsub-message.ts'

// Before the signal of the call: what this says of a request that never left is more than that it was given up.
const DEADLINE_MS = CALL_MS - 1_000

// A service that was away is found again soon, not after the two minutes that gRPC's backoff grows to.
const RECONNECT: Record<string, number> = {
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
}

// What the next message finds anew. A channel waits before it tries again, and the message has waited already; a client keeps what
// it has read of a key, which a person may have changed.
const STALE: ReadonlySet<string> = new Set([NO_CONNECTION, 'no-credentials', 'unauthenticated'])

const TOO_LARGE: Outcome = {
  kind: 'rejected',
  cause: 'rejected:message-too-large',
  message: `Pub/Sub takes ${REQUEST_BYTES_MAX} bytes in one request, and this message is larger`,
}

const CLOSED: Outcome = {
  kind: 'transient',
  cause: 'closing',
  message: 'This process is ending, and sends nothing any more',
}

const createClient = async ({ topic, emulator }: PubsubSettings): Promise<v1.PublisherClient> => {
  const [, projectId = ''] = topic.split('/')
  // What the library knows of an emulator, a universe and a channel; nothing is connected for it.
  const pubsub = new PubSub({ projectId, ...RECONNECT, ...defined({ apiEndpoint: emulator }) })
  const { auth } = pubsub
  // The client below looks for credentials by itself, and where there are none that ends the process: nobody waits for its promise.
  if (!pubsub.isEmulator) await auth.getClient()
  return new v1.PublisherClient({ ...(await pubsub.getClientConfig()), auth })
}

/** The client of one destination: made when it is needed, and anew where it has lost its way. */
const createClients = (settings: PubsubSettings) => {
  let client: Promise<v1.PublisherClient> | undefined
  const drop = async () => {
    const last = client
    client = undefined
    const opened = await last?.catch(() => undefined)
    await opened?.close()
  }
  return {
    get: async (): Promise<v1.PublisherClient> => {
      client ??= createClient(settings)
      try {
        return await client
      } catch (error) {
        // Credentials may come later: the next message looks for them again.
        client = undefined
        throw new NoCredentialsError(error instanceof Error ? error.message : String(error), { cause: error })
      }
    },
    drop,
  }
}

/**
 * Publishes one message in one request. The publisher of the library would keep messages of one key back in a queue of its own
 * and stop after a failure; here the claim of a center already lets one version go at a time, so its order is kept without.
 */
export const open = (settings: PubsubSettings): Link => {
  const clients = createClients(settings)
  let closed = false
  const publish = async (message: PubsubMessage, signal: AbortSignal) => {
    const publisher = await clients.get()
    const request = { topic: settings.topic, messages: [message] }
    const [{ messageIds }] = await publisher.publish(request, { timeout: DEADLINE_MS, retry: null, signal })
    return messageIds?.[0]
  }
  return {
    send: async (outgoing, signal) => {
      const message = toPubsubMessage(outgoing, settings)
      if (bytesOf(message) > REQUEST_BYTES_MAX) return TOO_LARGE
      if (closed) return CLOSED
      try {
        const externalId = await publish(message, signal)
        return externalId
          ? { kind: 'delivered', externalId }
          : {
              kind: 'unknown',
              cause: 'no-message-id',
              message: 'Pub/Sub answered without the id of the message',
            }
      } catch (error) {
        const outcome = classify(error)
        if (STALE.has(outcome.cause) && !closed) await clients.drop()
        return outcome
      }
    },
    close: async () => {
      closed = true
      await clients.drop()
    },
  }
}
