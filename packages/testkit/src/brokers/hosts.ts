/** Name and password of a user of a broker. */
export type BrokerUser = { username: string; password: string }

/** RabbitMQ: where it listens, who may do everything in its one virtual host `/`, and who may read there and write nowhere. */
export type RabbitmqHosts = { host: string; port: number; user: BrokerUser; reader: BrokerUser }

/**
 * Kafka, one node. `brokers` asks for no user; `sasl` asks for one (PLAIN or SCRAM): `user` may do everything, `stranger` nothing
 * (SCRAM-SHA-512 alone). `tls` has the test certificate, and asks for it, too. `ways` are for a proxy: who connects to `advertised` is led back to `advertised`, where the test's own proxy listens that
 * leads to `listens`.
 */
export type KafkaHosts = {
  brokers: string[]
  sasl: { brokers: string[]; user: BrokerUser; stranger: BrokerUser }
  tls: { brokers: string[] }
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
