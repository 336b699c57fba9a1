import { randomUUID } from 'node:crypto'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs'
import type { MotoHosts } from '@mensageria/testkit/brokers'

/** A queue of a test, and what its consumer reads there by the field's own client. */
export type TestQueue = {
  url: string
  arn: string
  /** Reads ten messages at most, and deletes them. */
  take: () => Promise<Message[]>
}

/** Topics and queues of a test's own, in one account of moto. */
export type AwsAccount = {
  queue: (options?: { fifo?: boolean; attributes?: Record<string, string> }) => Promise<TestQueue>
  /** A topic with a queue behind it that gets each message raw. */
  topic: (options?: { fifo?: boolean }) => Promise<{ arn: string; queue: TestQueue }>
}

// moto takes the account of a request from this header.
const inAccount =
  (accountId: string) =>
  <Args extends { request: unknown }, Result>(next: (args: Args) => Promise<Result>) =>
  (args: Args): Promise<Result> => {
    const { request } = args
    if (typeof request === 'object' && request !== null && 'headers' in request)
      Object.assign(request.headers ?? {}, { 'x-moto-account-id': accountId })
    return next(args)
  }

/** Opens an account, and gives this process its credentials as the SDK looks for them. */
export const openAwsAccount = (
  { endpoint, region, accessKeyId, secretAccessKey }: MotoHosts,
  accountId?: string,
): AwsAccount => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey })
  const options = { region, endpoint, credentials: { accessKeyId, secretAccessKey } }
  const sqs = new SQSClient(options)
  const sns = new SNSClient(options)
  if (accountId !== undefined) {
    const step = inAccount(accountId)
    sqs.middlewareStack.add(step, { step: 'build' })
    sns.middlewareStack.add(step, { step: 'build' })
  }

  const queue: AwsAccount['queue'] = async ({ fifo = false, attributes = {} } = {}) => {
    const QueueName = fifo ? `${randomUUID()}.fifo` : randomUUID()
    const Attributes = { ...attributes, ...(fifo ? { FifoQueue: 'true' } : {}) }
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
    const arnOnly = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] })
    const arn = (await sqs.send(arnOnly)).Attributes?.['QueueArn'] ?? ''
    const take = async () => {
      const names = { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] }
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...names }),
      )
      const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: `${n}`, ReceiptHandle }))
      if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
      return Messages
    }
    return { url: QueueUrl, arn, take }
  }

  const topic: AwsAccount['topic'] = async ({ fifo = false } = {}) => {
    const Name = fifo ? `${randomUUID()}.fifo` : randomUUID()
    const Attributes: Record<string, string> = fifo ? { FifoTopic: 'true' } : {}
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name, Attributes }))
    const behind = await queue({ fifo })
    const raw = { RawMessageDelivery: 'true' }
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: behind.arn, Attributes: raw }))
    return { arn: TopicArn, queue: behind }
  }
  return { queue, topic }
}
