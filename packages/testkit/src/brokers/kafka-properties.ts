import type { BrokerUser } from './hosts.ts'

/** Ports of one Kafka: each way has one where it listens and one that it leads its clients back to. */
export type KafkaPorts = {
  controller: number
  plain: number
  sasl: number
  ways: readonly { listens: number; advertised: number }[]
}

const LOCAL = '127.0.0.1'

const listenersOf = ({ plain, sasl, ways }: KafkaPorts) => [
  { name: 'PLAIN', protocol: 'PLAINTEXT', listens: plain, advertised: plain },
  { name: 'SASL', protocol: 'SASL_PLAINTEXT', listens: sasl, advertised: sasl },
  ...ways.map((way, index) => ({ name: `WAY${index}`, protocol: 'PLAINTEXT', ...way })),
]

/** `server.properties` of one node that is broker and controller in one, with one partition for each topic of its own. */
export const kafkaProperties = (data: string, ports: KafkaPorts, { username }: BrokerUser): string => {
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
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.sasl.scram-sha-512.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:ANONYMOUS;User:${username}`,
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
