import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

// npm needs what its user has set (HOME, proxy, certificates), but not what the npm around this test has told its scripts.
const ownEnvironment = (): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(?:npm_|PATH$|PORT$|NODE_OPTIONS$)/.test(name) ? [] : [[name, value]],
    ),
  ),
  ...system.env,
})

test('SIGTERM to npm start alone ends everything with exit code 0, and leaves no orphan that holds the folder', async () => {
  const first = await system.start(ownEnvironment(), undefined, () => 'exec npm start')
  expect(first.lines.some((line) => line.startsWith('> exec '))).toBe(true)
  const center = await system.client.register(first.url, sampleRegistration(1))
  expect(await first.stop('SIGTERM')).toBe(0)
  await expect(fetch(`${first.url}/health/live`)).rejects.toThrow('fetch failed')
  // Only one process may have the folder: an orphan would keep this one from starting.
  const second = await system.start()
  const again = await fetch(`${second.url}/v1/distribution-centers/${center.id}`)
  expect(again.status).toBe(200)
  await expectPromisesKept(system, second.url)
})

test('c32: npm start needs no network and no home folder, and installs nothing where nothing is missing', async () => {
  const { HOME: _home, ...own } = ownEnvironment()
  const nowhere = 'http://127.0.0.1:1'
  const env = { ...own, HOME: '/nonexistent', npm_config_registry: nowhere, HTTPS_PROXY: nowhere }
  const started = await system.start(env, undefined, () => 'exec npm start')
  expect(started.lines.join('\n')).not.toContain('Installing')
  expect(await started.stop()).toBe(0)
})
