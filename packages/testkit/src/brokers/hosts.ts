/** Name and password of a user of a broker. */
export type BrokerUser = { username: string; password: string }

/** RabbitMQ: where it listens, who may do everything in its one virtual host `/`, and who may read there and write nowhere. */
export type RabbitmqHosts = { host: string; port: number; user: BrokerUser; reader: BrokerUser }

/**
 * Kafka, one node. `brokers` asks for no user; `sasl` asks for one (SCRAM-SHA-512): `user` may do everything, `stranger` nothing.
 * `ways` are for a proxy: who connects to `advertised` is led back to `advertised`, where the test's own proxy listens that
 * leads to `listens`.
 */
export type KafkaHosts = {
  brokers: string[]
  sasl: { brokers: string[]; user: BrokerUser; stranger: BrokerUser }
  ways: { advertised: number; listens: string }[]
}

/** SNS and SQS as moto plays them, and what a client must be told to use them. */
export type MotoHosts = {
  endpoint: string
  region: string
  accountId: string
  accessKeyId: string
  secretAccessKey: string
}
