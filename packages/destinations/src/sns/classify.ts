import type { PublishCommandOutput } from '@aws-sdk/client-sns'
import type { Outcome } from '@mensageria/core'
import { classifyAwsError, type Circumstances, type RefusalOf } from '../aws/classify-aws-error.ts'

const refusalOf: RefusalOf = (code, message) =>
  /^InvalidParameter(?:Value)?(?:Exception)?$/.test(code) && /message too long/i.test(message)
    ? 'message-too-large'
    : undefined

/** Says how a failed publish ended. */
export const classify = (error: unknown, circumstances: Circumstances): Outcome =>
  classifyAwsError(error, circumstances, refusalOf)

/** Delivered where SNS gave the message an id; a portal answers 200 too. */
export const answered = ({ MessageId }: Pick<PublishCommandOutput, 'MessageId'>): Outcome =>
  MessageId === undefined
    ? { kind: 'unknown', cause: 'unexpected-body', message: 'Answered without an id of the message' }
    : { kind: 'delivered', externalId: MessageId }
