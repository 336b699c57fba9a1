import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createSystemClock } from '@mensageria/runtime'
import { fifoOf, toAttributes, tooLarge } from '../aws/attributes.ts'
import { callOnce } from '../aws/call-once.ts'
import { clientOptions } from '../aws/client-options.ts'
import type { Link, OpenOptions } from '../define-destination.ts'
import { answered, classify } from './classify.ts'
import type { SqsSettings } from './settings.ts'

/** Sends each message to the queue. */
export const open = (settings: SqsSettings, options: OpenOptions): Link => {
  // The address of the service is ours to choose, and the digests to look at: the SDK's own look throws without a word of both.
  const own = { useQueueUrlAsEndpoint: false, md5: false } as const
  const client = new SQSClient({ ...clientOptions(settings, options), ...own })
  const { queueUrl: QueueUrl } = settings
  const clock = createSystemClock()
  return {
    send: async (message, signal, hide = () => undefined) => {
      const { body } = message
      const attributes = toAttributes(message)
      const refusal = tooLarge(body, attributes)
      if (refusal) return refusal
      const fifo = fifoOf(QueueUrl, message)
      const input = { QueueUrl, MessageBody: body, MessageAttributes: attributes, ...fifo }
      return callOnce(
        {
          send: (watched) => client.send(watched(new SendMessageCommand(input)), { abortSignal: signal }),
          answered: (output) => answered(output, { body, attributes }),
          classify,
        },
        { signal, now: () => clock.now(), hide },
      )
    },
    close: async () => client.destroy(),
  }
}
