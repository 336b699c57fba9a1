import type { Destination } from './destination.ts'

const withoutProtocol = (url: string): string => url.replace(/^[a-z]+:\/\//, '').replace(/\/$/, '')

/** Where a destination is, in one line for people; the list has no secret, so this has none. */
export const describeTarget = (destination: Destination): string => {
  const { kind, target } = destination
  switch (kind) {
    case 'webhook':
      return target.url
    case 'rabbitmq':
      return `${withoutProtocol(target.url)}/${target.exchange}`
    case 'kafka':
      return `${target.brokers.join(',')}/${target.topic}`
    case 'sns':
      return target.topic_arn
    case 'sqs':
      return target.queue_url
    case 'pubsub':
      return target.topic
    default:
      return destination satisfies never
  }
}
