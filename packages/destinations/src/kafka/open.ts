import type { Link } from '../define-destination.ts'
import { classify } from './classify.ts'
import { createKafkaClient } from './client.ts'
import { createPublisher } from './publisher.ts'
import type { KafkaSettings } from './settings.ts'
import { toRecord } from './to-record.ts'

/** Writes each message to the topic, by one idempotent producer that waits for every replica in sync. */
export const open = (settings: KafkaSettings): Link => {
  const { send, close } = createPublisher(createKafkaClient(settings))
  return {
    send: (message, signal) => send(toRecord(message), signal),
    check: async (signal) => {
      // Its own: that of the messages may be in the middle of a batch.
      const client = createKafkaClient(settings)
      signal.addEventListener('abort', () => void client.close(), { once: true })
      try {
        await client.partitions()
        return undefined
      } catch (error) {
        return classify(error, false).outcome
      } finally {
        await client.close()
      }
    },
    close,
  }
}
