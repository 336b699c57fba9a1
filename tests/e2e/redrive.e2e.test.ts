import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations, type Operations } from '../support/operations.ts'
import { WITHOUT_DMITRI } from '../support/own-list.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { allDelivered, deliveriesOf, openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered, untilDeliveredTo, untilState } from '../support/until.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

/** Long gaps: what is parked stays so until a person asks. */
const NO_RECOVERY = { RECOVERY_MIN_INTERVAL: '60s', RECOVERY_MAX_INTERVAL: '120s' }

const registerMany = async (url: string, count: number, from = 1): Promise<string[]> => {
  const centers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      system.client.register(url, sampleRegistration(from + index)),
    ),
  )
  return centers.map(({ id }) => id)
}

/** Registers centers that maas rejects, then corrects it: only a person brings a rejected row back. */
const refusedAtMaas = async (url: string, operations: Operations, count: number, latencyMs = 0) => {
  const refuse = Array.from({ length: count }, (_, index) => cnpjOf(index + 1))
  system.simulator.setDials('maas', { refuse })
  const ids = await registerMany(url, count)
  await operations.untilCount('maas', 'rejected', count)
  system.simulator.setDials('maas', { latencyMs })
  return ids
}

const causeOf = async (operations: Operations): Promise<string | undefined> =>
  (await operations.deliveries('integration=maas&state=rejected')).items[0]?.lastFailure?.cause

const parkedAtMaas = async (operations: Operations, count: number): Promise<void> =>
  operations.untilCount('maas', 'parked', count)

test('row 38: an outage parks; a dry run counts, and one redrive brings all of it back, once each', async () => {
  const { url } = await system.start(NO_RECOVERY)
  const operations = createOperations(url)
  system.simulator.setDials('maas', { mode: 'down' })
  const ids = await registerMany(url, 20)
  await parkedAtMaas(operations, 20)
  expect((await operations.integration('maas')).health).toBe('down')
  system.simulator.setDials('maas', { mode: 'up' })

  const filter = { integration: 'maas' }
  const dry = await operations.dryRun(filter)
  expect(dry.count).toBe(20)
  expect(dry.sample).toHaveLength(10)
  expect(system.simulator.effects('maas')).toHaveLength(0)

  const { id, total } = await operations.redrive(filter)
  expect(total).toBe(20)
  const done = await operations.done(id)
  // Its first success tells recovery too that the system is back: both bring rows, none of them twice.
  expect(done).toMatchObject({ failed: 0, inFlight: 0, remaining: 0, phase: 'ramp' })
  expect(done.delivered).toBeGreaterThan(0)
  expect(done.delivered + done.skipped).toBe(20)
  await untilDelivered(url, ids)
  const rows = await Promise.all(ids.map((centerId) => deliveriesOf(url, centerId)))
  const by = rows.map(({ maas }) => maas?.history.at(-1)?.trigger)
  expect(by.filter((who) => who === `redrive:${id}`)).toHaveLength(done.delivered)
  expect((await operations.integration('maas')).health).toBe('healthy')
  await expectPromisesKept(system, url)
})

test('row 38: twice at once: two redrives of the same rows never have the same row called twice', async () => {
  const { url } = await system.start()
  const operations = createOperations(url)
  await refusedAtMaas(url, operations, 20, 20)
  const before = system.simulator.summaryOf('maas').requests
  const asked = await Promise.all([
    operations.redrive({ integration: 'maas' }),
    operations.redrive({ integration: 'maas' }),
  ])
  const ended = await Promise.all(asked.map(({ id }) => operations.done(id)))
  expect(ended.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(20)
  expect(ended.reduce((sum, { skipped }) => sum + skipped, 0)).toBe(20)
  expect(system.simulator.summaryOf('maas').requests - before).toBe(20)
  await expectPromisesKept(system, url)
})

test('row 38: one delivery: sent again once, refused where it is delivered, forced with a key of its own', async () => {
  const { url } = await system.start(NO_RECOVERY)
  const operations = createOperations(url)
  system.simulator.setDials('maas', { mode: 'down' })
  const [id = ''] = await registerMany(url, 1)
  await parkedAtMaas(operations, 1)
  // Its first canary is over: recovery leaves the row alone for a minute.
  await operations.untilHealth('maas', 'down')
  const path = `deliveries/maas/${id}:redrive`
  const [first, second] = await Promise.all([
    operations.send(path, { reason: 'first' }),
    operations.send(path, { reason: 'second' }),
  ])
  expect(new Set([first.status, second.status])).toEqual(new Set([202, 409]))
  await waitFor(
    'an attempt of the redrive',
    async () => (await deliveriesOf(url, id))['maas']?.history.at(-1)?.trigger,
    { until: (trigger) => trigger?.startsWith('redrive:') === true },
  )
  expect((await deliveriesOf(url, id))['maas']?.state).toBe('parked')

  system.simulator.setDials('maas', { mode: 'up' })
  const isAccepted = (status: number) => status === 202
  await waitFor(
    'the redrive of one row accepted',
    async () => (await operations.send(path, { reason: 'it is up again' })).status,
    { until: isAccepted },
  )
  await untilDelivered(url, [id])
  const refused = await operations.send(path, { reason: 'again' })
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { type: 'urn:mensageria:problem:already-delivered' },
  ])
  await expectPromisesKept(system, url)

  const before = (await deliveriesOf(url, id))['maas']?.attempts ?? 0
  await waitFor(
    'the forced redrive accepted',
    async () => (await operations.send(path, { reason: 'forced', force: true })).status,
    { until: isAccepted },
  )
  await waitFor('one more attempt', async () => (await deliveriesOf(url, id))['maas']?.attempts, {
    until: (attempts) => attempts === before + 1,
  })
  await untilState(url, id, 'maas', 'delivered')
})

test('a paused integration is not called and says so; the resume brings everything back by itself', async () => {
  const { url } = await system.start()
  const operations = createOperations(url)
  expect(await operations.pause('maas')).toMatchObject({
    health: 'paused',
    paused: { reason: 'test', by: 'local' },
  })
  const ids = await registerMany(url, 10)
  await parkedAtMaas(operations, 10)
  expect(system.simulator.summaryOf('maas').requests).toBe(0)
  const { items } = await operations.deliveries('integration=maas&kind=held')
  expect(items).toHaveLength(10)

  // A redrive waits for the resume.
  const { id } = await operations.redrive({ integration: 'maas' })
  await untilDeliveredTo(url, ['senninha', 'dmitri'], ids)
  expect(await operations.redriveOf(id)).toMatchObject({ state: 'running', remaining: 10 })
  expect(system.simulator.summaryOf('maas').requests).toBe(0)

  expect((await operations.resume('maas')).paused).toBeUndefined()
  await operations.done(id)
  await untilDelivered(url, ids)
  expect(system.simulator.summaryOf('maas').effects).toBe(10)
  await expectPromisesKept(system, url)
})

test('paused, resumed and cancelled: what was sent counts, and the rest stays where it is', async () => {
  const { url } = await system.start()
  const operations = createOperations(url)
  const ids = await refusedAtMaas(url, operations, 30)
  const { id } = await operations.redrive({ integration: 'maas' }, { ratePerSecond: 10, rampCap: 1 })
  await waitFor('2 delivered by the redrive', () => operations.redriveOf(id), {
    until: ({ delivered }) => delivered >= 2,
  })
  expect((await operations.act(id, 'pause')).state).toBe('paused')
  await waitFor('nothing of the redrive in flight', () => operations.redriveOf(id), {
    until: ({ inFlight }) => inFlight === 0,
  })
  const paused = await operations.redriveOf(id)
  expect((await operations.act(id, 'resume')).state).toBe('running')
  await waitFor('more delivered after the resume', () => operations.redriveOf(id), {
    until: ({ delivered }) => delivered > paused.delivered,
  })
  expect((await operations.act(id, 'cancel')).state).toBe('cancelled')
  expect((await operations.send(`redrives/${id}:resume`)).status).toBe(409)
  await waitFor('nothing of the redrive in flight', () => operations.redriveOf(id), {
    until: ({ inFlight }) => inFlight === 0,
  })
  const ended = await operations.redriveOf(id)
  expect(ended.remaining).toBeGreaterThan(0)
  // One that was taken for the next window, and not sent when the redrive was cancelled, is skipped.
  expect(ended.skipped).toBeLessThanOrEqual(1)
  const left = ended.remaining + ended.skipped
  expect(ended.delivered + left).toBe(30)
  expect(system.simulator.summaryOf('maas').effects).toBe(ended.delivered)
  expect((await operations.integration('maas')).counts.rejected).toBe(left)

  const cause = (await causeOf(operations)) ?? ''
  expect(await operations.dryRun({ cause })).toMatchObject({ count: left, more: false })
  const rest = await operations.redrive({ cause })
  expect(await operations.done(rest.id)).toMatchObject({ delivered: left, failed: 0, skipped: 0 })
  expect(await allDelivered(url, ids)).toBe(true)
  await expectPromisesKept(system, url)
})

test('row 38: killed with SIGKILL in the middle of a redrive, it goes on after the restart, and no row has two effects', async () => {
  const first = await system.start()
  const ids = await refusedAtMaas(first.url, createOperations(first.url), 60, 30)
  const { id } = await createOperations(first.url).redrive({ integration: 'maas' }, { rampCap: 8 })
  await waitFor('10 delivered by the redrive', () => createOperations(first.url).redriveOf(id), {
    until: ({ delivered }) => delivered >= 10,
  })
  await first.stop('SIGKILL')

  const second = await system.start()
  const operations = createOperations(second.url)
  expect((await operations.redriveOf(id)).remaining).toBeGreaterThan(0)
  const done = await operations.done(id)
  // Recovery takes over dead leases too, and is as likely to be the first.
  expect(done).toMatchObject({ total: 60, failed: 0 })
  expect(done.delivered + done.skipped).toBe(60)
  expect(done.skipped).toBeLessThanOrEqual(8)
  await untilDelivered(second.url, ids)
  await expectPromisesKept(system, second.url)
})

test('a new integration gets centers from before its time only when a person asks, and then all of them', async () => {
  const list = join(system.dataDir, 'integrations.json')
  const env = { INTEGRATIONS_FILE: list }
  await writeFile(list, JSON.stringify({ integrations: WITHOUT_DMITRI }))
  const first = await system.start(env)
  const ids = await registerMany(first.url, 5)
  const others = 5 * (SYSTEMS.length - 1)
  await waitFor('every delivery', async () => (await createOperations(first.url).summary()).deliveries, {
    until: ({ delivered }) => delivered === others,
  })
  await first.stop()

  const since = new Date().toISOString()
  await writeFile(list, JSON.stringify({ integrations: { ...WITHOUT_DMITRI, dmitri: { since } } }))
  const { url } = await system.start(env)
  const operations = createOperations(url)
  const sum = async () =>
    Object.values((await operations.summary()).deliveries).reduce((all, n) => all + n, 0)
  expect(await sum()).toBe(others)
  expect(system.simulator.summaryOf('dmitri').requests).toBe(0)

  const filter = { integration: 'dmitri', states: ['waiting'] }
  expect(await operations.dryRun(filter)).toMatchObject({ count: 5, more: false })
  const { id } = await operations.redrive(filter)
  expect(await operations.done(id)).toMatchObject({ total: 5, more: false, delivered: 5, skipped: 0 })
  expect(await sum()).toBe(others + 5)
  expect(await allDelivered(url, ids)).toBe(true)
  await expectPromisesKept(system, url)
})

test('the summary adds up at every moment: through an outage, an update, a kill and the recovery', async () => {
  const first = await system.start()
  system.simulator.setDials('dmitri', { mode: 'down' })
  const wrong: object[] = []
  const watch = async (url: string) => {
    const { accepted, deliveries } = await createOperations(url).summary()
    const sum = Object.values(deliveries).reduce((all, n) => all + n, 0)
    if (sum !== accepted * SYSTEMS.length) wrong.push({ accepted, deliveries })
    return deliveries
  }
  await registerMany(first.url, 15)
  await waitFor('a parked delivery', async () => (await watch(first.url)).parked)
  const changed = { ...sampleRegistration(1), name: 'CD changed' }
  expect((await system.client.put(first.url, changed, 1)).status).toBe(200)
  await watch(first.url)
  await first.stop('SIGKILL')
  const second = await system.start()
  await watch(second.url)
  await registerMany(second.url, 5, 100)
  system.simulator.setDials('dmitri', { mode: 'up' })
  const all = 20 * SYSTEMS.length
  await waitFor('every delivery', () => watch(second.url), { until: ({ delivered }) => delivered === all })
  expect(wrong).toEqual([])
  await expectPromisesKept(system, second.url)
})
