import { centerIdOf, Problem } from '@mensageria/contracts'
import { useEmulators } from '@mensageria/testkit/emulators'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { needs } from '@mensageria/testkit/needs'
import { openCloudSystem, type CloudSystem } from '../../support/cloud-system.ts'
import { messageOf, pushTo } from '../../support/crafted-push.ts'
import { expectPromisesKept } from '../../support/promises.ts'
import { deliveriesOf, SYSTEMS } from '../../support/system.ts'
import { untilDelivered } from '../../support/until.ts'
import { startTcpProxy, type TcpProxy } from '@mensageria/testkit/tcp-proxy'

const { test } = needs('emulators')

let system: CloudSystem
let proxy: TcpProxy
let last = 0
beforeAll(async () => {
  const { firestore, pubsub } = await useEmulators()
  proxy = await startTcpProxy(firestore)
  system = await openCloudSystem({ firestore: proxy.host, pubsub })
}, 120_000)
afterAll(async () => {
  await system.close()
  await proxy.close()
})
afterEach(() => expectPromisesKept(system, system.url), 60_000)

const requests = () => SYSTEMS.map((name) => system.simulator.summaryOf(name).requests)

// A first version is claimed without a look-up. Where requests are only late, that claim would hold for 75 s for nobody: a
// second version fails before it.
test.each<[string, () => void, 1 | 2]>([
  ['silent', () => proxy.freeze(), 2],
  ['that resets every connection', () => proxy.reset(), 1],
])(
  'row 29: a store %s: 503 and no call without a claim; all of it recovers without a restart',
  async (_what, harm, version) => {
    const { client, cloud, url } = system
    const registration = sampleRegistration((last += 1))
    const center = await client.register(url, registration)
    await untilDelivered(url, [center.id])
    const changed = { ...registration, name: `${registration.name} Novo` }
    const other = sampleRegistration((last += 1))
    // What nobody has delivered: each handler must claim it before it calls.
    const pushed = messageOf(
      version === 2
        ? { ...center, ...changed, version }
        : { ...center, ...other, id: centerIdOf(other.taxId), version },
    )
    const before = requests()
    harm()
    try {
      const [refused, ...pushes] = await Promise.all([
        client.post(url, other),
        ...SYSTEMS.map((name) => pushTo(cloud.urlOf(name), pushed)),
      ])
      expect(refused.status).toBe(503)
      expect(Problem.parse(await refused.json())).toMatchObject({
        type: 'urn:mensageria:problem:unavailable',
      })
      expect(pushes).toEqual([503, 503, 503])
      expect(requests()).toEqual(before)
    } finally {
      proxy.thaw()
    }

    // The refused commit may have arrived late, whole: the client sends it again, as it was told to.
    await waitFor('the registration accepted', async () => (await client.post(url, other)).ok)
    await waitFor('the change accepted', async () => (await client.put(url, changed, 1)).ok)
    const { id } = await client.register(url, other)
    await waitFor(
      'version 2 delivered to maas',
      async () => (await deliveriesOf(url, center.id))['maas']?.deliveredVersion,
      { until: (delivered) => delivered === 2 },
    )
    await untilDelivered(url, [center.id, id])
    for (const name of SYSTEMS) {
      const effects = system.simulator.effects(name).filter(({ centerId }) => centerId === center.id)
      expect(effects.map((effect) => effect.version)).toEqual([1, 2])
    }
    expect(system.running()).toEqual(cloud.services)
  },
  120_000,
)
