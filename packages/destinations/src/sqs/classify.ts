import type { SendMessageCommandOutput } from '@aws-sdk/client-sqs'
import type { Outcome } from '@mensageria/core'
import type { TextAttribute } from '../aws/attributes.ts'
import { classifyAwsError, type Circumstances, type RefusalOf } from '../aws/classify-aws-error.ts'
import { md5OfAttributes, md5OfBody } from './digests.ts'

const refusalOf: RefusalOf = (code, message) => {
  if (code === 'InvalidMessageContents') return 'invalid-message-contents'
  return /^InvalidParameterValue(?:Exception)?$/.test(code) && /message must be shorter than/i.test(message)
    ? 'message-too-large'
    : undefined
}

/** Says how a failed send ended. */
export const classify = (error: unknown, circumstances: Circumstances): Outcome =>
  classifyAwsError(error, circumstances, refusalOf)

const unknown = (message: string): Outcome => ({ kind: 'unknown', cause: 'unexpected-body', message })

/** Delivered where SQS gave the message an id and has what was sent. Digests of attributes need not come: not every broker has them. */
export const answered = (
  output: Pick<SendMessageCommandOutput, 'MessageId' | 'MD5OfMessageBody' | 'MD5OfMessageAttributes'>,
  sent: { body: string; attributes: Readonly<Record<string, TextAttribute>> },
): Outcome => {
  const { MessageId, MD5OfMessageBody, MD5OfMessageAttributes } = output
  if (MessageId === undefined) return unknown('Answered without an id of the message')
  if (MD5OfMessageBody !== md5OfBody(sent.body)) return unknown('Has another body than was sent, by its MD5')
  if (MD5OfMessageAttributes !== undefined && MD5OfMessageAttributes !== md5OfAttributes(sent.attributes))
    return unknown('Has other attributes than were sent, by their MD5')
  return { kind: 'delivered', externalId: MessageId }
}
