import { DEAD_LETTER_TOPIC } from '@mensageria/contracts'
import type { Simulator } from '@mensageria/simulator'
import { startGcloudEmulator } from '@mensageria/testkit/emulators'
import { startForwardProxy, type ForwardProxy } from '@mensageria/testkit/forward-proxy'
import { freePort } from '@mensageria/testkit/free-port'
import { openCloudSystem } from '../support/cloud-system.ts'
import { createClient } from '../support/client.ts'
import { simulatedBy } from '../support/promises.ts'
import { SYSTEMS } from '../support/system.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'
import { createTrouble } from '../support/trouble.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createObituaries, nameSystems, whereItRuns, type Freezable, type World } from './world.ts'

const SERVICES = ['registration', ...SYSTEMS, 'dead-letter', 'sweeper', 'console']
const PUSHED = [...SYSTEMS, 'dead-letter']
const PUBLISHERS = ['registration', 'sweeper']
const CLIENT_TIMEOUT_MS = 10_000

type Hosts = { firestore: string; pubsub: string }

// A proxy on every way between two parts; `from > to`, as the report names them.
const openLinks = async (hosts: Hosts, simulator: Simulator) => {
  const ports: Record<string, number> = {}
  for (const service of SERVICES) ports[service] = await freePort()
  const links = new Map<string, TcpProxy>()
  const connect = async (from: string, to: string, target: string) => {
    links.set(`${from} > ${to}`, await startTcpProxy(target))
  }
  const hostOf = (service: string) => `127.0.0.1:${ports[service]}`
  await connect('client', 'registration', hostOf('registration'))
  for (const service of SERVICES) await connect(service, 'firestore', hosts.firestore)
  for (const service of PUBLISHERS) await connect(service, 'pubsub', hosts.pubsub)
  for (const service of PUSHED) await connect('pubsub', service, hostOf(service))
  for (const name of SYSTEMS) await connect('sweeper', name, hostOf(name))
  for (const name of SYSTEMS) await connect(name, `${name}'s system`, new URL(simulator.url).host)
  const through = (from: string, to: string) => links.get(`${from} > ${to}`)?.host ?? ''
  return { ports, links, through }
}

/** Every service as its own process on the emulators, with a proxy on every way between any two of them. */
export const openCloudWorld = async (): Promise<World> => {
  const firestore = await startGcloudEmulator('firestore')
  let pubsub = await startGcloudEmulator('pubsub')
  const hosts = { firestore: firestore.host, pubsub: pubsub.host }
  // The topology is made by this process.
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    PUBSUB_EMULATOR_HOST: hosts.pubsub,
    METADATA_SERVER_DETECTION: 'none',
  })
  const troubles = await mkdtemp(join(tmpdir(), 'mensageria-trouble-'))
  const troubleOf = (service: string) => createTrouble({ dataDir: troubles }, service)
  let opened: Awaited<ReturnType<typeof openLinks>> | undefined
  let proxy: ForwardProxy | undefined
  const between = async (simulator: Simulator) => {
    opened = await openLinks(hosts, simulator)
    const { ports, through } = opened
    const named = nameSystems(
      Object.fromEntries(SYSTEMS.map((name) => [name, through(name, `${name}'s system`)])),
    )
    proxy = await startForwardProxy(named.hosts)
    const { url } = proxy
    const envOf = (service: string): Record<string, string> => ({
      FIRESTORE_EMULATOR_HOST: through(service, 'firestore'),
      PUBSUB_EMULATOR_HOST: through(service, 'pubsub'),
      // On a busy machine the questions of a sweep alone take longer than the 2 s of the tests.
      SWEEP_BUDGET: '20s',
      ...troubleOf(service).env,
      ...named.env,
      HTTP_PROXY: url,
      ...Object.fromEntries(
        SYSTEMS.map((name) => [`${name.toUpperCase()}_PUSH_URL`, `http://${through('sweeper', name)}`]),
      ),
    })
    return { ports, envOf }
  }
  const system = await openCloudSystem(hosts, { between, withConsole: true })
  if (!opened || !proxy) throw new Error('The links were not opened')
  const { links, through } = opened
  const ofSystems = proxy
  const createTopology = () =>
    system.createTopology({
      pushEndpointOf: (name) =>
        `http://${through('pubsub', name === DEAD_LETTER_TOPIC ? 'dead-letter' : name)}/push`,
    })
  await createTopology()

  const { cloud } = system
  const { died, ending, started } = createObituaries()
  for (const service of cloud.services) started(service, cloud.ended(service))
  return {
    simulator: system.simulator,
    client: createClient({ timeoutMs: CLIENT_TIMEOUT_MS }),
    downstreams: simulatedBy(system.simulator),
    url: system.url,
    clientUrl: `http://${through('client', 'registration')}`,
    processes: cloud.services,
    stop: (service, signal) => {
      ending(service)
      return cloud.stop(service, signal)
    },
    start: async (service) => {
      await cloud.start(service)
      started(service, cloud.ended(service))
    },
    pidOf: (service) => cloud.pidOf(service),
    trouble: async (service, trouble) => {
      const pid = cloud.pidOf(service)
      // 0 would be the whole group of this process.
      if (pid > 0) await whereItRuns(troubleOf(service).make(pid, trouble))
    },
    ignoreOutput: (service) => cloud.ignoreOutput(service),
    diskFails: new Map(),
    links,
    proxy: ofSystems,
    emulators: new Map<string, Freezable>([
      ['firestore', firestore],
      ['pubsub', { signal: (name) => pubsub.signal(name) }],
    ]),
    loseBroker: async () => {
      await pubsub.stop()
      pubsub = await startGcloudEmulator('pubsub', pubsub.port)
      await createTopology()
    },
    died,
    close: async () => {
      for (const service of cloud.services) ending(service)
      await system.close()
      await Promise.all([...links.values()].map((link) => link.close()))
      await ofSystems.close()
      await Promise.all([firestore.stop(), pubsub.stop()])
      await rm(troubles, { recursive: true, force: true })
    },
  }
}
