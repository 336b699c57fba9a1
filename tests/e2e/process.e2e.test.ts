import { existsSync } from 'node:fs'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { waitFor } from '@mensageria/testkit/wait-for'
import { createOperations } from '../support/operations.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'
import { untilDelivered } from '../support/until.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

test('SIGTERM drains: exit code 0, and the next start goes on', async () => {
  const first = await system.start()
  system.simulator.setDials('maas', { mode: 'down' })
  const center = await system.client.register(first.url, sampleRegistration(1))
  expect(await first.stop('SIGTERM')).toBe(0)
  system.simulator.setDials('maas', {})
  const second = await system.start()
  await untilDelivered(second.url, [center.id])
  await expectPromisesKept(system, second.url)
})

test('the attempts of the last hour are counted still after a restart', async () => {
  const first = await system.start()
  const center = await system.client.register(first.url, sampleRegistration(1))
  await untilDelivered(first.url, [center.id])
  expect(await first.stop('SIGTERM')).toBe(0)
  const { url } = await system.start()
  const { items } = await createOperations(url).attempts()
  const sums = items.map(({ minutes }) => minutes.reduce((sum, { delivered }) => sum + delivered, 0))
  expect(sums).toEqual(SYSTEMS.map(() => 1))
})

test('a call that hangs is aborted by the drain, and found again after the next start', async () => {
  const first = await system.start()
  system.simulator.setDials('senninha', { mode: 'accept-then-hang', honorKeys: false })
  const center = await system.client.register(first.url, sampleRegistration(1))
  await waitFor('one effect at senninha', () => system.simulator.effects('senninha'), {
    until: (effects) => effects.length === 1,
  })
  expect(await first.stop('SIGTERM')).toBe(0)
  system.simulator.setDials('senninha', { honorKeys: false })
  const second = await system.start()
  await untilDelivered(second.url, [center.id])
  expect(system.simulator.summaryOf('senninha')).toMatchObject({ effects: 1, duplicates: 0 })
  await expectPromisesKept(system, second.url)
})

test('a second process on the same DATA_DIR does not start, and says why', async () => {
  await system.start()
  await expect(system.start()).rejects.toThrow(/is in use by another Mensageria/)
})

test('a file that is no database ends the start with a sentence that says what to do', async () => {
  await writeFile(
    join(system.dataDir, 'mensageria.db'),
    'this is not a database, and long enough to be read as one',
  )
  await expect(system.start()).rejects.toThrow(/is no database: restore it from a backup/)
})

test('a busy port ends the start with a sentence that says what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  try {
    await expect(system.start({ PORT: port })).rejects.toThrow(
      new RegExp(`Port ${port} on 127.0.0.1 is in use`),
    )
  } finally {
    server.close()
  }
})

test('a bad variable ends the start and is named', async () => {
  await expect(system.start({ SWEEP_INTERVAL: 'often' })).rejects.toThrow(/SWEEP_INTERVAL/)
})

test('defect 6: an address that is none ends the start before there is a database', async () => {
  await expect(system.start({ MAAS_URL: 'maas.example.com' })).rejects.toThrow(/MAAS_URL: Invalid URL/)
  expect(existsSync(join(system.dataDir, 'mensageria.db'))).toBe(false)
})

test('defect 6: a variable that looks like one of ours is named with the right one', async () => {
  const { lines } = await system.start({ DATADIR: '/elsewhere', MAAS_TOKN: 's3cret' })
  expect(lines.join('\n')).toMatch(/DATADIR is set, but nothing reads it: DATA_DIR/)
  expect(lines.join('\n')).toMatch(/MAAS_TOKN is set, but nothing reads it: MAAS_TOKEN/)
  expect(lines.join('\n')).not.toContain('s3cret')
})

test.each([
  [{ SWEEP_INTERVAL: '0s' }, 'SWEEP_INTERVAL: Must be 10ms to 10m'],
  [{ DATA_DIR: '/proc/x' }, '/proc/x cannot be made'],
  [{ PORT: '' }, 'PORT is empty'],
])('defect 6: with %j there is no start', async (env, reason) => {
  await expect(system.start(env)).rejects.toThrow(reason)
})

test('no line of the log holds a CNPJ, an e-mail address or a token', async () => {
  const mensageria = await system.start({ LOG_LEVEL: 'trace' })
  const registration = sampleRegistration(7)
  system.simulator.setDials('maas', { mode: 'down' })
  const center = await system.client.register(mensageria.url, registration)
  system.simulator.setDials('maas', {})
  await untilDelivered(mensageria.url, [center.id])
  await expectPromisesKept(system, mensageria.url)
  await mensageria.stop()
  const log = mensageria.lines.join('\n')
  expect(log).toContain('delivery.attempted')
  for (const secret of [
    registration.taxId,
    registration.contact?.email ?? '',
    ...SYSTEMS.map(system.simulator.tokenOf),
  ]) {
    expect(log).not.toContain(secret)
  }
})
