import { z } from 'zod'
import { address } from './address.ts'

const endpoint = address({
  secure: 'https',
  plain: 'http',
  example: 'https://vpce-1.sns.sa-east-1.vpce.amazonaws.com',
}).optional()

/** A topic of Amazon SNS; FIFO where its name ends with `.fifo`. Credentials come by the SDK's own chain. */
export const SnsTarget = z.strictObject({
  topic_arn: z.string().regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/, {
    error: 'Must be an ARN like arn:aws:sns:sa-east-1:123456789012:centers.fifo',
  }),
  /** Another address of the service, for example of a VPC endpoint. */
  endpoint,
})

/** A queue of Amazon SQS; FIFO where its name ends with `.fifo`. Credentials come by the SDK's own chain. */
export const SqsTarget = z.strictObject({
  queue_url: address({
    secure: 'https',
    plain: 'http',
    example: 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers',
  }),
  /** Where the address of the queue does not say it. */
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .optional(),
  /** Another address of the service, for example of a VPC endpoint. */
  endpoint,
})
