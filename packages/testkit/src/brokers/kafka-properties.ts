import type { BrokerUser } from './hosts.ts'

/** Ports of one Kafka: each way has one where it listens and one that it leads its clients back to. */
export type KafkaPorts = {
  controller: number
  plain: number
  sasl: number
  tls: number
  ways: readonly { listens: number; advertised: number }[]
}

/** Where its data is, and a PEM file with the key and the certificate of its TLS. */
export type KafkaFiles = { data: string; certificate: string }

const LOCAL = '127.0.0.1'
const LOGIN = 'org.apache.kafka.common.security'

const listenersOf = ({ plain, sasl, tls, ways }: KafkaPorts) => [
  { name: 'PLAIN', protocol: 'PLAINTEXT', listens: plain, advertised: plain },
  { name: 'SASL', protocol: 'SASL_PLAINTEXT', listens: sasl, advertised: sasl },
  { name: 'TLS', protocol: 'SSL', listens: tls, advertised: tls },
  ...ways.map((way, index) => ({ name: `WAY${index}`, protocol: 'PLAINTEXT', ...way })),
]

/** `server.properties` of one node that is broker and controller in one, with one partition for each topic of its own. */
export const kafkaProperties = (
  { data, certificate }: KafkaFiles,
  ports: KafkaPorts,
  { username, password }: BrokerUser,
): string => {
  const listeners = listenersOf(ports)
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${LOCAL}:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAIN',
    listeners: [
      `CONTROLLER://${LOCAL}:${ports.controller}`,
      ...listeners.map(({ name, listens }) => `${name}://${LOCAL}:${listens}`),
    ].join(','),
    'advertised.listeners': listeners
      .map(({ name, advertised }) => `${name}://${LOCAL}:${advertised}`)
      .join(','),
    'listener.security.protocol.map': [
      'CONTROLLER:PLAINTEXT',
      ...listeners.map(({ name, protocol }) => `${name}:${protocol}`),
    ].join(','),
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl.plain.sasl.jaas.config': `${LOGIN}.plain.PlainLoginModule required user_${username}="${password}";`,
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': `${LOGIN}.scram.ScramLoginModule required;`,
    'listener.name.sasl.scram-sha-512.sasl.jaas.config': `${LOGIN}.scram.ScramLoginModule required;`,
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': certificate,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': certificate,
    'listener.name.tls.ssl.client.auth': 'required',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:ANONYMOUS;User:CN=test.invalid;User:${username}`,
    'log.dirs': data,
    // A topic that is missing is an error of the one who names it.
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 1,
    'num.io.threads': 2,
    'log.cleaner.enable': false,
  }
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
