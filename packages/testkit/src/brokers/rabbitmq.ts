import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOW_TO_GET } from '../how-to-get.ts'
import { askKeeper } from '../keeper/ask-keeper.ts'
import type { Started } from '../keeper/keeper.ts'
import { startProcessGroup, withFreePorts } from '../keeper/process-group.ts'
import { freePort } from '../network/free-port.ts'
import { answersTo } from './answers.ts'
import { rabbitmqServer } from './fetch/rabbitmq-server.ts'
import type { BrokerUser, RabbitmqHosts } from './hosts.ts'

const READY_WITHIN_MS = 90_000
// AMQP 0-9-1 begins with it; the server answers with its first frame.
const GREETING = Buffer.from('AMQP\0\0\u0009\u0001', 'latin1')

const USER = { username: 'mensageria', password: 's3cret-of-the-broker' }
const READER = { username: 'reader', password: 's3cret-of-the-broker' }

// A salt of four bytes before the hash of salt and password: the form in which RabbitMQ keeps and reads them.
const passwordHash = (password: string): string => {
  const salt = randomBytes(4)
  const hash = createHash('sha256').update(salt).update(password).digest()
  return Buffer.concat([salt, hash]).toString('base64')
}

const userOf = ({ username, password }: BrokerUser, tags: string) => ({
  name: username,
  password_hash: passwordHash(password),
  hashing_algorithm: 'rabbit_password_hashing_sha256',
  tags,
})

const permissions = ({ username }: BrokerUser, write: string) => ({
  user: username,
  vhost: '/',
  configure: write,
  write,
  read: '.*',
})

const DEFINITIONS = {
  vhosts: [{ name: '/' }],
  users: [userOf(USER, 'administrator'), userOf(READER, '')],
  permissions: [permissions(USER, '.*'), permissions(READER, '^$')],
}

const configure = async (folder: string, port: number, more: readonly string[]): Promise<void> => {
  const definitions = join(folder, 'definitions.json')
  await writeFile(definitions, JSON.stringify(DEFINITIONS))
  await writeFile(join(folder, 'enabled_plugins'), '[].')
  const lines = [`listeners.tcp.1 = 127.0.0.1:${port}`, `load_definitions = ${definitions}`]
  // Its default of 128 MB, or 16 MB since version 4, is too much for a test to send.
  lines.push('max_message_size = 1048576')
  // A disk that is nearly full stops publishers: the machine's, not the test's matter.
  lines.push('disk_free_limit.absolute = 1MB')
  await writeFile(join(folder, 'rabbitmq.conf'), [...lines, ...more, ''].join('\n'))
  for (const name of ['mnesia', 'log']) await mkdir(join(folder, name))
}

const environment = (folder: string, { port, dist, epmd }: Record<'port' | 'dist' | 'epmd', number>) => ({
  ...process.env,
  // The cookie of Erlang lies there, and nobody else's is touched.
  HOME: folder,
  RABBITMQ_NODENAME: `tests-${port}@localhost`,
  RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  RABBITMQ_PID_FILE: join(folder, 'pid'),
  RABBITMQ_DIST_PORT: String(dist),
  ERL_EPMD_PORT: String(epmd),
  ERL_EPMD_ADDRESS: '127.0.0.1',
})

const startOn = async (folder: string, more: readonly string[]): Promise<Started<RabbitmqHosts>> => {
  const program = await rabbitmqServer()
  const [port, dist, epmd] = [await freePort(), await freePort(), await freePort()]
  await configure(folder, port, more)
  // Erlang's name server would leave the group and stay: here it is a member of it.
  const script = `epmd -address 127.0.0.1 -port ${epmd} & exec "${program}"`
  const group = await startProcessGroup(['sh', '-c', script], {
    env: environment(folder, { port, dist, epmd }),
    isReady: () => answersTo(port, GREETING),
    readyWithinMs: READY_WITHIN_MS,
    hint: `To get RabbitMQ, ${HOW_TO_GET.rabbitmq}.`,
  })
  const stop = async () => {
    await group.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { hosts: { host: '127.0.0.1', port, user: USER, reader: READER }, stop }
}

/** Starts a RabbitMQ of one's own on free ports, in some 5 s, with more lines of rabbitmq.conf where they are given. */
export const startRabbitmq = (config: readonly string[] = []): Promise<Started<RabbitmqHosts>> =>
  withFreePorts(async () => startOn(await mkdtemp(join(tmpdir(), 'mensageria-rabbitmq-')), config))

/** The RabbitMQ of this test run, started when the first test file asks. Take an exchange and a queue of your own. */
export const useRabbitmq = (): Promise<RabbitmqHosts> => askKeeper('rabbitmq')
