import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOW_TO_GET } from '../how-to-get.ts'
import { askKeeper } from '../keeper/ask-keeper.ts'
import type { Started } from '../keeper/keeper.ts'
import { runToEnd, startProcessGroup, withFreePorts } from '../keeper/process-group.ts'
import { testCertificate } from '../network/certificate.ts'
import { freePort } from '../network/free-port.ts'
import { startTcpProxy, type TcpProxy } from '../network/tcp-proxy.ts'
import { answersTo } from './answers.ts'
import { kafkaJars } from './fetch/kafka-jars.ts'
import type { KafkaHosts } from './hosts.ts'
import { kafkaProperties, type KafkaPorts } from './kafka-properties.ts'

const READY_WITHIN_MS = 120_000
const FORMAT_WITHIN_MS = 60_000
// One for each worker of Jest (maxWorkers), and more for who says `--maxWorkers`.
const WAYS = 8
const CLUSTER = 'bWVuc2FnZXJpYS10ZXN0cw'
// InitProducerId, version 0, of a client without a name: ready is who can give a producer its id, some seconds after it listens.
const GREETING = Buffer.from([0, 0, 0, 16, 0, 22, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 0, 0, 39, 16])
const givesAnId = (answer: Buffer): boolean => answer.length >= 14 && answer.readInt16BE(12) === 0

const USER = { username: 'mensageria', password: 's3cret-of-the-broker' }
const STRANGER = { username: 'stranger', password: 's3cret-of-the-broker' }

// It lives for minutes: without the second compiler and the parallel collector it starts in 2 s instead of 15.
const JAVA = [
  'java',
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xmx384m',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
]

const takePorts = async (): Promise<KafkaPorts> => {
  const ways: { listens: number; advertised: number }[] = []
  while (ways.length < WAYS) ways.push({ listens: await freePort(), advertised: await freePort() })
  const [controller, plain] = [await freePort(), await freePort()]
  return { controller, plain, sasl: await freePort(), tls: await freePort(), ways }
}

const scram = (size: 256 | 512, { username, password }: typeof USER): string[] => [
  '--add-scram',
  `SCRAM-SHA-${size}=[name=${username},password=${password}]`,
]

const startOn = async (folder: string): Promise<Started<KafkaHosts>> => {
  const java = [...JAVA, '-cp', join(await kafkaJars(), '*')]
  const ports = await takePorts()
  const config = join(folder, 'server.properties')
  const files = { data: join(folder, 'data'), certificate: join(folder, 'certificate.pem') }
  await writeFile(files.certificate, testCertificate.key + testCertificate.cert)
  await writeFile(config, kafkaProperties(files, ports, USER))
  const users = [...scram(256, USER), ...scram(512, USER), ...scram(512, STRANGER)]
  const format = ['format', '-t', CLUSTER, '-c', config, ...users]
  await runToEnd([...java, 'kafka.tools.StorageTool', ...format], { withinMs: FORMAT_WITHIN_MS })
  const group = await startProcessGroup([...java, 'kafka.Kafka', config], {
    isReady: () => answersTo(ports.plain, GREETING, givesAnId),
    readyWithinMs: READY_WITHIN_MS,
    hint: `To get Kafka, ${HOW_TO_GET.kafka}.`,
  })
  const stop = async () => {
    await group.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const hosts = {
    brokers: [`127.0.0.1:${ports.plain}`],
    sasl: { brokers: [`127.0.0.1:${ports.sasl}`], user: USER, stranger: STRANGER },
    tls: { brokers: [`127.0.0.1:${ports.tls}`] },
    ways: ports.ways.map(({ listens, advertised }) => ({ listens: `127.0.0.1:${listens}`, advertised })),
  }
  return { hosts, stop }
}

/** Starts a Kafka of one's own on free ports, in some 3 s. */
export const startKafka = (): Promise<Started<KafkaHosts>> =>
  withFreePorts(async () => startOn(await mkdtemp(join(tmpdir(), 'mensageria-kafka-'))))

/** The Kafka of this test run, started when the first test file asks. Take a topic of your own. */
export const useKafka = (): Promise<KafkaHosts> => askKeeper('kafka')

/**
 * A proxy in front of the Kafka of this test run. Kafka leads its clients to the addresses it advertises, so that only a way
 * of its own leads through a proxy; each worker of Jest has one, and one proxy at a time.
 */
export const startKafkaProxy = async (): Promise<TcpProxy> => {
  const { ways } = await useKafka()
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1)
  const way = ways[worker - 1]
  if (way === undefined) throw new Error(`Kafka has ${WAYS} ways, and this is worker ${worker}: see WAYS`)
  return startTcpProxy(way.listens, way.advertised)
}
