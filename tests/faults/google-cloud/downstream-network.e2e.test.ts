import { testCertificate } from '@mensageria/testkit/certificate'
import { useEmulators } from '@mensageria/testkit/emulators'
import { freePort } from '@mensageria/testkit/free-port'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered, untilState } from '../../support/until.ts'
import { startTcpProxy } from '@mensageria/testkit/tcp-proxy'
import { startTlsFront } from '../../support/tls-front.ts'

const { test } = needs('emulators')

// Where the emulator pauses after refusals, the sweeper takes a row over after 77 s.
const PATIENCE_MS = 120_000

let system: CloudSystem
let last = 0
beforeAll(async () => {
  system = await openCloudSystem(await useEmulators())
}, 120_000)
afterAll(() => system.close())
afterEach(() => expectPromisesKept(system, system.url), 90_000)

const register = () => system.client.register(system.url, sampleRegistration((last += 1)))
const requests = () => SYSTEMS.map((name) => system.simulator.summaryOf(name).requests)
const restart = async (service: string, env: Record<string, string> = {}) => {
  await system.cloud.stop(service)
  await system.cloud.start(service, env)
}

test(
  'row 17: a connection refused, a name that is not there and a bad certificate: nothing is sent, nobody crashes, all recovers',
  async () => {
    const { cloud, simulator, url } = system
    const simulated = new URL(simulator.url).host
    const port = await freePort()
    const front = await startTlsFront(simulator.url)
    let proxy: Awaited<ReturnType<typeof startTcpProxy>> | undefined
    try {
      await Promise.all([
        restart('senninha', { SENNINHA_URL: `http://127.0.0.1:${port}/senninha` }),
        restart('maas', { MAAS_URL: 'http://maas.invalid/maas' }),
        restart('dmitri', { DMITRI_URL: `${front.url}/dmitri` }),
      ])
      const before = requests()
      const { id } = await register()
      const failures = async () => {
        const rows = await deliveriesOf(url, id)
        return SYSTEMS.map((name) => rows[name]?.lastFailure).map((failure) => [
          failure?.kind,
          failure?.cause,
        ])
      }
      await waitFor('a failure at every system', failures, {
        until: (all) => !JSON.stringify(all).includes('null'),
      })
      expect(await failures()).toEqual([
        ['transient', 'connection-refused'],
        ['misconfigured', 'dns'],
        ['misconfigured', 'tls'],
      ])
      expect(requests()).toEqual(before)
      expect(system.running()).toEqual(cloud.services)

      // What refused listens again; what was configured wrong is put right by a person.
      proxy = await startTcpProxy(simulated, port)
      const trusted = join(system.dataDir, 'trusted.pem')
      await writeFile(trusted, testCertificate.cert)
      await restart('maas')
      await restart('dmitri', { DMITRI_URL: `${front.url}/dmitri`, NODE_EXTRA_CA_CERTS: trusted })
      await untilDelivered(url, [id], { timeoutMs: PATIENCE_MS })
      await Promise.all([restart('senninha'), restart('dmitri')])
    } finally {
      await proxy?.close()
      await front.close()
    }
  },
  2 * PATIENCE_MS,
)

test(
  'row 20: a kept connection that the system closed while idle: unseen it is in doubt and looked up, seen it costs nothing',
  async () => {
    const { simulator, url } = system
    // Were the repeated request recognized by its key, a second create would not be seen.
    simulator.setDials('senninha', { honorKeys: false })
    const proxy = await startTcpProxy(new URL(simulator.url).host)
    const senninhaOf = async (id: string) => (await deliveriesOf(url, id))['senninha']
    const registerDelivered = async () => {
      const { id } = await register()
      await untilState(url, id, 'senninha', 'delivered', { timeoutMs: PATIENCE_MS })
      return senninhaOf(id)
    }
    try {
      await restart('senninha', { SENNINHA_URL: `http://${proxy.host}/senninha` })
      await registerDelivered()
      proxy.hangUp()
      expect((await registerDelivered())?.history).toMatchObject([{ result: 'delivered' }])
      proxy.goStale()
      const stale = await registerDelivered()
      expect(stale?.history).toMatchObject([
        { result: 'unknown', cause: 'connection-reset' },
        { result: 'delivered' },
      ])
      await restart('senninha')
    } finally {
      await proxy.close()
      simulator.setDials('senninha', {})
    }
  },
  2 * PATIENCE_MS,
)
