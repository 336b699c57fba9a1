import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { createSystemClock } from '@mensageria/runtime'
import { fifoOf, toAttributes, tooLarge } from '../aws/attributes.ts'
import { callOnce } from '../aws/call-once.ts'
import { clientOptions } from '../aws/client-options.ts'
import type { Link, OpenOptions } from '../define-destination.ts'
import { answered, classify } from './classify.ts'
import type { SnsSettings } from './settings.ts'

/** Publishes each message to the topic. */
export const open = (settings: SnsSettings, options: OpenOptions): Link => {
  const client = new SNSClient(clientOptions(settings, options))
  const { topicArn: TopicArn } = settings
  const clock = createSystemClock()
  return {
    send: async (message, signal, hide = () => undefined) => {
      const { body: Message } = message
      const MessageAttributes = toAttributes(message)
      const refusal = tooLarge(Message, MessageAttributes)
      if (refusal) return refusal
      const input = { TopicArn, Message, MessageAttributes, ...fifoOf(TopicArn, message) }
      return callOnce(
        {
          send: (watched) => client.send(watched(new PublishCommand(input)), { abortSignal: signal }),
          answered,
          classify,
        },
        { signal, now: () => clock.now(), hide },
      )
    },
    close: async () => client.destroy(),
  }
}
