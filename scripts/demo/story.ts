import type { Delivery } from '@mensageria/contracts'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { setTimeout as sleep } from 'node:timers/promises'
import { deliveriesOf, register } from './client.ts'
import type { Downstreams, Engine } from './engines.ts'
import type { Progress, Screen } from './screen.ts'

/** What the story ends with; everything is well when nothing is lost, nothing came twice and nothing is open. */
export type Summary = {
  centers: number
  deliveries: number
  delivered: number
  lost: number
  duplicates: number
  systems: { system: string; delivered: number; effects: number; duplicates: number; lost: number }[]
  seconds: number
}

export type Stage = Downstreams & { screen: Screen; engine: Engine }

const PATIENCE_MS = 120_000

const progressOf = (systems: readonly string[], deliveries: readonly Delivery[]): Progress[] =>
  systems.map((system) => {
    const own = deliveries.filter(({ integration }) => integration === system)
    const open: Record<string, number> = {}
    for (const { state } of own) if (state !== 'delivered') open[state] = (open[state] ?? 0) + 1
    const cause = own.find(({ lastFailure }) => lastFailure)?.lastFailure?.cause
    const done = own.length - Object.values(open).reduce((sum, count) => sum + count, 0)
    return { system, done, total: own.length, open, ...(cause === undefined ? {} : { cause }) }
  })

const allArrived = (progress: Progress[]) => progress.every(({ done, total }) => done === total)
/** The system that the story takes down. */
export const AWAY = 'dmitri'

const dmitriIn = (count: number, states: readonly string[]) => (progress: Progress[]) =>
  progress.some(
    ({ system, open }) =>
      system === AWAY && states.reduce((sum, state) => sum + (open[state] ?? 0), 0) === count,
  ) && progress.every(({ system, done, total }) => system === AWAY || done === total)

/** Tells the story: arrival, an outage, dead letters, a power cut, recovery. Resolves with the stats of its end. */
export const tellStory = async (stage: Stage): Promise<Summary> => {
  const startedAt = Date.now()
  const { screen, simulator, portal, engine } = stage
  const { url, systems, centersAChapter } = engine
  const centerIds: string[] = []
  const registerSome = async () => {
    for (let n = 0; n < centersAChapter; n++) {
      const center = await register(url, sampleRegistration(centerIds.length + 1))
      centerIds.push(center.id)
    }
  }
  const watch = async (enough: (progress: Progress[]) => boolean): Promise<Progress[]> => {
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      const progress = progressOf(systems, await deliveriesOf(url, centerIds))
      screen.progress(progress)
      if (enough(progress)) return progress
      await sleep(250)
    }
    return progressOf(systems, await deliveriesOf(url, centerIds))
  }
  screen.chapter(
    `1. ${centersAChapter} distribution centers are registered.`,
    'Senninha and MaaS create a provider for each, Dmitri registers the city; the portal gets a signed webhook, by a row of the list alone.',
  )
  await registerSome()
  await watch(allArrived)
  screen.say('Everything has arrived, each message once.')
  screen.say(`The portal checks each signature; its last center is ${portal.effects.at(-1)?.center}.`)

  screen.chapter(
    `2. Dmitri goes down, and ${centersAChapter} more centers come in.`,
    'Registering goes on as if nothing had happened; the others get theirs at once. For Dmitri each delivery is tried again.',
  )
  simulator.setDials(AWAY, { mode: 'down' })
  await registerSome()
  await watch(dmitriIn(centersAChapter, ['retrying', 'parked']))
  screen.say(
    'Nothing is lost: each delivery that Dmitri did not take waits, and is tried again after growing pauses.',
  )

  screen.chapter(
    '3. Dmitri stays away, and the retries are used up.',
    `In production that takes 16 hours; here, ${engine.attemptsLast}. A message that nobody could deliver becomes a dead letter: it is parked.`,
  )
  // Parked, or being tried by the canary at this moment.
  await watch(dmitriIn(centersAChapter, ['parked', 'delivering']))
  screen.say(
    'Parked means: kept, shown with its cause, and tried now and then with a single delivery, the canary.',
  )

  screen.chapter('4. The power fails.', engine.powerCut)
  await engine.crash()
  const after = await watch((progress) => progress.length === systems.length)
  const known = after.reduce((sum, { total }) => sum + total, 0)
  screen.say(`All ${known} deliveries are still known: what was accepted is stored before it is answered.`)

  screen.chapter(
    '5. Dmitri comes back. Nobody does anything.',
    'The next canary succeeds; then 1, 2, 4, 8 ... at a time, so that Dmitri is not overrun.',
  )
  simulator.setDials(AWAY, { mode: 'up' })
  await watch(allArrived)

  const deliveries = await deliveriesOf(url, centerIds)
  return summarize(deliveries, stage, centerIds, (Date.now() - startedAt) / 1000)
}

// What a system itself has had, by center and version, whatever the ledger says.
const effectsOf = (system: string, { simulator, portal }: Downstreams): string[] => {
  const effects = system === portal.name ? portal.effects : simulator.effects(system)
  return effects.map(({ centerId, version }) => `${centerId}:${version}`)
}

const summarize = (
  deliveries: readonly Delivery[],
  stage: Stage,
  centerIds: readonly string[],
  seconds: number,
): Summary => {
  const systems = stage.engine.systems.map((system) => {
    const delivered = deliveries.filter(
      ({ integration, state }) => integration === system && state === 'delivered',
    ).length
    const effects = effectsOf(system, stage)
    const seen = new Set(effects)
    const lost = centerIds.filter((id) => !seen.has(`${id}:1`)).length
    return { system, delivered, effects: effects.length, duplicates: effects.length - seen.size, lost }
  })
  const total = (field: 'delivered' | 'lost' | 'duplicates') =>
    systems.reduce((sum, system) => sum + system[field], 0)
  return {
    centers: centerIds.length,
    deliveries: deliveries.length,
    delivered: total('delivered'),
    lost: total('lost'),
    duplicates: total('duplicates'),
    systems,
    seconds: Math.round(seconds * 10) / 10,
  }
}
