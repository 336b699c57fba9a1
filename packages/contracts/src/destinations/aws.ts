import { z } from 'zod'
import { address } from './address.ts'
import { queueRegionOf } from './queue-region.ts'

const endpointLike = (example: string) => address({ secure: 'https', plain: 'http', example }).optional()

const ARN_FORM = 'Must be an ARN like arn:aws:sns:sa-east-1:123456789012:centers.fifo'

/** A topic of Amazon SNS; FIFO where its name ends with `.fifo`. Credentials come by the SDK's own chain. */
export const SnsTarget = z.strictObject({
  topic_arn: z
    .string({ error: ARN_FORM })
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:(?=.{1,256}$)[A-Za-z0-9_-]+(?:\.fifo)?$/, {
      error: ARN_FORM,
    }),
  /** Another address of the service, for example of a VPC endpoint. */
  endpoint: endpointLike('https://vpce-1.sns.sa-east-1.vpce.amazonaws.com'),
})

const REGION_FORM = 'Must be a region like sa-east-1'
const QUEUE_PATH = /^\/\d{12}\/(?=.{1,80}$)[A-Za-z0-9_-]+(?:\.fifo)?$/
const QUEUE_EXAMPLE = 'https://sqs.sa-east-1.amazonaws.com/123456789012/centers'

/** A queue of Amazon SQS; FIFO where its name ends with `.fifo`. Credentials come by the SDK's own chain. */
export const SqsTarget = z
  .strictObject({
    queue_url: address({ secure: 'https', plain: 'http', example: QUEUE_EXAMPLE }).refine(
      (value) => URL.canParse(value) && QUEUE_PATH.test(new URL(value).pathname),
      {
        abort: true,
        error: `Must end with the account and the name of the queue: the form is ${QUEUE_EXAMPLE}`,
      },
    ),
    /** Where the address of the queue does not say it. */
    region: z
      .string({ error: REGION_FORM })
      .regex(/^[a-z0-9-]{1,64}$/, { error: REGION_FORM })
      .optional(),
    /** Another address of the service, for example of a VPC endpoint. */
    endpoint: endpointLike('https://vpce-1.sqs.sa-east-1.vpce.amazonaws.com'),
  })
  .superRefine(({ queue_url: url, region }, context) => {
    const said = queueRegionOf(url)
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['region'], message })
    if (said === undefined && region === undefined)
      refuse('Must be given: the address of the queue does not say it, for example sa-east-1')
    if (said !== undefined && region !== undefined && said !== region)
      refuse(`Must be left out or be ${said}, which the address of the queue says`)
  })
