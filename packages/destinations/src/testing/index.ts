export { openAwsAccount } from './aws-account.ts'
export type { TestQueue } from './aws-account.ts'
export { openTopic } from '../kafka/testing/open-topic.ts'
export { makeRabbitmqTarget } from './rabbitmq-target.ts'
