import { Producer, type Connection } from '@platformatic/kafka'
import { readTlsFiles, withTimeout, type TlsFiles, type TlsMaterial } from '@mensageria/runtime'
import { KafkaStateError } from './kafka-state-error.ts'
import { hostOf, type KafkaSettings } from './settings.ts'
import type { KafkaRecord } from './to-record.ts'

/**
 * The way to one topic, for one batch at a time: the library's idempotent producer loses confirmed records where a batch fails
 * while another is on its way (ADR 0038). What a call throws, `classify` understands.
 */
export type KafkaClient = {
  /** How many partitions the topic has. Connects and signs in where that is to be done. */
  partitions: () => Promise<number>
  /** Connects to the broker that leads the partition. */
  connect: (partition: number) => Promise<void>
  /** Has the leader write the records as one batch; resolves when every replica in sync has them. */
  send: (partition: number, records: readonly KafkaRecord[]) => Promise<void>
  /** Forgets connections, metadata and producer id: the next call begins anew, with another broker first. */
  reset: () => void
  close: () => Promise<void>
}

// One call has 30 s. A broker that answers nothing ends as a time-out of its own, not as ours, and leaves time for others.
const CONNECT_MS = 5_000
const ACKNOWLEDGED_WITHIN_MS = 10_000
const ANSWERED_WITHIN_MS = 12_000
// Above all of these: the library has never been seen to take longer, and nothing must depend on that.
const STEP_MS = 20_000

const isName = (host: string): boolean => /[a-z]/i.test(host) && !host.includes(':')

const filesOf = (tls: TlsFiles): TlsMaterial => {
  try {
    return readTlsFiles(tls)
  } catch (cause) {
    throw new KafkaStateError('tls', { cause })
  }
}

const tlsOptions = ({ tls, brokers }: KafkaSettings) =>
  tls === undefined
    ? {}
    : {
        tls: filesOf(tls),
        // Clusters behind one address tell their brokers apart by SNI; an address of numbers has none (RFC 6066).
        ...(brokers.some((broker) => isName(hostOf(broker))) ? { tlsServerName: true } : {}),
      }

const createProducer = (settings: KafkaSettings, brokers: readonly string[]): Producer =>
  new Producer({
    clientId: 'mensageria',
    bootstrapBrokers: [...brokers],
    idempotent: true,
    // Not 0: with `idempotent` the library takes a number below 2 for "without end".
    retries: false,
    // A topic that is missing is to be seen, not made with the broker's defaults.
    autocreateTopics: false,
    connectTimeout: CONNECT_MS,
    timeout: ACKNOWLEDGED_WITHIN_MS,
    requestTimeout: ANSWERED_WITHIN_MS,
    ...(settings.sasl && { sasl: settings.sasl }),
    ...tlsOptions(settings),
  })

// Closing alone waits until everything is written, to a broker that may read nothing any more.
const destroy = async (producer: Producer): Promise<void> => {
  const connections: Connection[] = Array.from(producer.connections, ([, connection]) => connection)
  const closed = producer.close()
  for (const { socket } of connections) socket?.destroy()
  await withTimeout(closed, CONNECT_MS).catch(() => undefined)
}

/** Connects nothing before the first call. */
export const createKafkaClient = (settings: KafkaSettings): KafkaClient => {
  const { topic } = settings
  let brokers = [...settings.brokers]
  let current: Producer | undefined
  let closed = false

  const open = (): Producer => {
    if (closed) throw new KafkaStateError('client-closed')
    return (current ??= createProducer(settings, brokers))
  }

  const metadata = async (producer: Producer) => {
    const { topics, brokers: known } = await withTimeout(producer.metadata({ topics: [topic] }), STEP_MS)
    const found = topics.get(topic)
    if (!found) throw new KafkaStateError('no-metadata')
    return { partitions: found.partitions, known }
  }

  const forget = (): Promise<void> => {
    const old = current
    current = undefined
    return old ? destroy(old) : Promise.resolve()
  }

  return {
    partitions: async () => {
      const producer = open()
      if (producer.producerId === undefined) await withTimeout(producer.initIdempotentProducer({}), STEP_MS)
      return (await metadata(producer)).partitions.length
    },
    connect: async (partition) => {
      const producer = open()
      const { partitions, known } = await metadata(producer)
      const leader = partitions[partition]?.leader
      if (leader === undefined || !known.has(leader)) throw new KafkaStateError('no-leader')
      await withTimeout(producer.connectToBrokers([leader]), STEP_MS)
    },
    send: async (partition, records) => {
      const messages = records.map((record) => ({ ...record, topic, partition }))
      await withTimeout(open().send({ messages }), STEP_MS)
    },
    reset: () => {
      brokers = [...brokers.slice(1), ...brokers.slice(0, 1)]
      void forget()
    },
    close: () => {
      closed = true
      return forget()
    },
  }
}
