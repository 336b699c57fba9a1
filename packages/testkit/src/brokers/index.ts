export type { BrokerUser, KafkaHosts, MotoHosts, RabbitmqHosts } from './hosts.ts'
export { startKafka, startKafkaProxy, useKafka } from './kafka.ts'
export { startMoto, useMoto } from './moto.ts'
export { startRabbitmq, useRabbitmq } from './rabbitmq.ts'
