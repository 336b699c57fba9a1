import { centerIdOf, Registration, toEvent } from '@mensageria/contracts'
import { composeDeliverer, composeIntake, type Engine, type IntegrationSettings } from '@mensageria/core'
import { openEmbedded } from '@mensageria/embedded'
import { openMemory } from '@mensageria/memory'
import {
  createLogger,
  createSystemClock,
  createSystemIds,
  integrationsByCode,
  IntegrationsConfig,
  loadIntegrationSettings,
  type BoundIntegration,
} from '@mensageria/runtime'
import { bindIntegrations } from '@mensageria/standalone'
import { listedSystems, startListedSimulator } from '@mensageria/simulator/listed'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'

const settings = integrationsByCode(loadIntegrationSettings(IntegrationsConfig.parse({})))
const names = listedSystems()
const base = { clock: createSystemClock(), ids: createSystemIds() }
const logger = createLogger({ level: 'silent', service: 'test' })
const { signal } = new AbortController()

type Life = Pick<Engine, 'centers' | 'ledger' | 'states'> & { close(): void }
type Bound = readonly { settings: IntegrationSettings; integration: BoundIntegration }[]

const ENGINES: Record<string, () => Life> = {
  memory: () => ({ ...openMemory({ integrations: settings }), close: () => undefined }),
  embedded: () => openEmbedded({ dataDir: ':memory:', subscriptions: settings, onError: () => undefined }),
}

// Each place is data that every system can tell from the others: Dmitri gets nothing but the city.
const PLACES = {
  A: { city: 'Cajamar', cityCode: '3509205', state: 'SP', postalCode: '07786000' },
  B: { city: 'Extrema', cityCode: '3125101', state: 'MG', postalCode: '37640000' },
  C: { city: 'Betim', cityCode: '3106705', state: 'MG', postalCode: '32600000' },
}
type Place = keyof typeof PLACES

const { address, ...SAME } = Registration.parse(sampleRegistration(1))
const CENTER_ID = centerIdOf(SAME.taxId)

/** The same CNPJ, with other data at each place. */
const registrationAt = (place: Place): Registration => ({
  ...SAME,
  name: `CD ${place}`,
  address: { ...address, ...PLACES[place] },
})

/** The simulated systems, which honor keys, and every integration bound to them. */
const openSystems = async () => {
  const simulator = await startListedSimulator(names)
  const bound = await bindIntegrations(settings, simulator.env, { logger })
  return {
    simulator,
    bound,
    [Symbol.asyncDispose]: async () => {
      for (const { integration } of bound) await integration.close()
      await simulator.close()
    },
  }
}

/** One life of the database: each place is registered, or changed to, and delivered to every system. */
const live = async (open: () => Life, bound: Bound, places: readonly Place[]) => {
  const engine = open()
  const { register, update } = composeIntake(engine, { ...base, publisher: { publish: async () => {} } })
  const request = { caller: 'test', traceparent: base.ids.traceparent() }
  for (const place of places) {
    const registration = registrationAt(place)
    const { kind } = await register(registration, request)
    if (kind === 'exists')
      await update(registration, { ...request, centerId: CENTER_ID, expected: { any: true } })
    const stored = await engine.centers.read(CENTER_ID)
    if (!stored) throw new Error('The center is not stored')
    const event = toEvent(stored.center, stored.traceparent)
    for (const { settings: one, integration } of bound) {
      const deliver = composeDeliverer(engine, {
        ...base,
        settings: one,
        call: integration.call,
        onAttempt: () => undefined,
      })
      expect(await deliver(event, { kind: 'push' }, signal)).toEqual({ ack: true, result: 'delivered' })
    }
  }
  engine.close()
}

describe.each(Object.keys(ENGINES))('c05, row 46: lives of a database on %s', (name) => {
  const open = ENGINES[name] ?? ENGINES['memory']

  test.each<[string, Place[][], Place]>([
    ['one that was wiped, and other data', [['A'], ['B']], 'B'],
    [
      'an older backup, and another change',
      [
        ['A', 'B'],
        ['A', 'C'],
      ],
      'C',
    ],
    [
      'an older backup, and the same data again',
      [
        ['A', 'B', 'C'],
        ['A', 'C', 'B'],
      ],
      'B',
    ],
  ])('%s: every system ends with the newest data', async (_what, lives, newest) => {
    if (!open) throw new Error('There is no such engine')
    await using systems = await openSystems()
    for (const places of lives) await live(open, systems.bound, places)
    for (const system of names) {
      const last = lives.flat().length
      expect(systems.simulator.summaryOf(system)).toMatchObject({ effects: last, duplicates: 0 })
      // Senninha and MaaS hold one provider; what Dmitri was sent last is the city of its last effect.
      const [record] = systems.simulator.records(system)
      const held = system === 'dmitri' ? systems.simulator.effects(system).at(-1) : record
      expect(JSON.stringify(held)).toMatch(new RegExp(`CD ${newest}|${PLACES[newest].cityCode}`))
    }
  })
})
