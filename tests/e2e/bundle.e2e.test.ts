import { DestinationKind, DistributionCenter } from '@mensageria/contracts'
import { createTopology } from '@mensageria/google-cloud/topology'
import { IntegrationsConfig, loadIntegrationSettings } from '@mensageria/runtime'
import { useEmulators } from '@mensageria/testkit/emulators'
import { needs } from '@mensageria/testkit/needs'
import { ROOT, startReadyProcess, type ReadyProcess } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { openTestSystem, type TestSystem } from '../support/system.ts'
import { untilState } from '../support/until.ts'

const run = promisify(execFile)
const IMAGES = ['registration', 'integration', 'destination'] as const

let folder: string
let system: TestSystem
let portal: Server | undefined
const running: ReadyProcess[] = []
beforeAll(async () => {
  // Far from any node_modules.
  folder = await mkdtemp(join(tmpdir(), 'mensageria-bundle-'))
  await run(process.execPath, [join(ROOT, 'scripts/bundle.ts'), '--out', folder, ...IMAGES])
  for (const image of IMAGES) await chmod(join(folder, image), 0o555)
  system = await openTestSystem()
})
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop('SIGKILL')))
  portal?.close()
  await system.close()
  for (const image of IMAGES) await chmod(join(folder, image), 0o755)
  await rm(folder, { recursive: true })
})

needs('emulators').test('bundles alone in a folder register a center and deliver it', async () => {
  const hosts = await useEmulators()
  const posted: IncomingHttpHeaders[] = []
  portal = createServer((request, response) => {
    posted.push(request.headers)
    request.resume()
    response.end()
  }).listen(0, '127.0.0.1')
  await once(portal, 'listening')
  const { port } = z.object({ port: z.number() }).parse(portal.address())
  const list = join(folder, 'list.json')
  const rows = { maas: {}, portal: { kind: 'webhook', target: { url: `http://127.0.0.1:${port}` } } }
  await writeFile(list, JSON.stringify({ integrations: rows }))
  const projectId = `bundle-${randomUUID().slice(0, 8)}`
  const env = {
    PORT: '0',
    NODE_ENV: 'production',
    INTEGRATIONS_FILE: list,
    INTEGRATION: 'maas',
    DESTINATION: 'portal',
    PORTAL_TOKEN: 'portal-token',
    RATE_LIMIT: 'off',
    GOOGLE_CLOUD_PROJECT: projectId,
    FIRESTORE_EMULATOR_HOST: hosts.firestore,
    PUBSUB_EMULATOR_HOST: hosts.pubsub,
    METADATA_SERVER_DETECTION: 'none',
    MAAS_URL: system.simulator.urlOf('maas'),
    MAAS_TOKEN: system.simulator.tokenOf('maas'),
  }
  const start = async (image: string) => {
    const started = await startReadyProcess(`cd ${join(folder, image)} && exec node main.js`, env)
    running.push(started)
    return started
  }
  const maas = await start('integration')
  const destination = await start('destination')
  await createTopology({
    projectId,
    integrations: loadIntegrationSettings(IntegrationsConfig.parse({ INTEGRATIONS_FILE: list })),
    pushEndpointOf: (name) => `${(name === 'portal' ? destination : maas).url}/push`,
  })
  const registration = await start('registration')

  const answer = await system.client.post(registration.url, sampleRegistration(1))
  expect(answer.status).toBe(201)
  const { id } = DistributionCenter.parse(await answer.json())
  await untilState(registration.url, id, 'maas', 'delivered')
  expect(system.simulator.effects('maas')).toMatchObject([{ centerId: id, version: 1 }])
  await untilState(registration.url, id, 'portal', 'delivered')
  expect(posted).toMatchObject([{ 'ce-subject': id, 'ce-sequence': '1' }])

  // What is read only when somebody asks for it is in the bundle, too.
  const script = await fetch(`${registration.url}/reference/scalar.js`)
  expect([script.status, (await script.text()).length > 1_000_000]).toEqual([200, true])
  expect(await Promise.all(running.map((one) => one.stop('SIGTERM')))).toEqual([0, 0, 0])
  // One file, and what belongs to it; the integrations are in parts, of which a process loads its own.
  const alone = ['integrations.auto.tfvars.json', 'main.js', 'main.js.map', 'package.json']
  expect(await readdir(join(folder, 'registration'))).toEqual(alone)
})

test('each kind of destination is in the bundle with all that its library reads', async () => {
  const dir = join(folder, 'destination')
  const files = await readdir(dir)
  const kinds = DestinationKind.options
  const parts = kinds.map((kind) => files.find((file) => new RegExp(`^${kind}-[^.]+\\.js$`).test(file)))
  const script = `for (const part of ${JSON.stringify(parts)}) console.log(...Object.keys(await import('./' + part)))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: dir })
  expect(stdout.trim().split('\n')).toEqual(kinds)
})

test('a process loads the library of its own kind alone: no kind is imported before its row is known', async () => {
  const dir = join(folder, 'destination')
  const files = (await readdir(dir)).filter((file) => file.endsWith('.js'))
  const importsOf = new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, string[]]> => {
        const text = await readFile(join(dir, file), 'utf8')
        // As the bundler writes them, without those of import().
        return [
          file,
          [...text.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)].map(([, to = '']) => to),
        ]
      }),
    ),
  )
  const reachedFrom = (file: string, reached = new Set<string>()): Set<string> => {
    if (reached.has(file)) return reached
    reached.add(file)
    for (const next of importsOf.get(file) ?? []) reachedFrom(next, reached)
    return reached
  }
  const isKind = (file: string) => DestinationKind.options.some((kind) => file.startsWith(`${kind}-`))
  const kinds = files.filter(isKind)
  expect(kinds).toHaveLength(DestinationKind.options.length)
  expect([...reachedFrom('main.js')].filter(isKind)).toEqual([])
  expect(reachedFrom('main.js').size).toBeGreaterThan(3)
  for (const kind of kinds) expect([...reachedFrom(kind)].filter(isKind)).toEqual([kind])
})

test.each([undefined, 'constructor', 'nobody'])('INTEGRATION=%s starts nothing', async (name) => {
  const env = { PATH: process.env['PATH'], ...(name === undefined ? {} : { INTEGRATION: name }) }
  await expect(run(process.execPath, [join(folder, 'integration/main.js')], { env })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      `INTEGRATION is ${name === undefined ? 'not set' : `"${name}"`}: this image has .*maas`,
    ),
  })
})

test('an image that does not exist is no bundle', async () => {
  await expect(
    run(process.execPath, [join(ROOT, 'scripts/bundle.ts'), '--out', folder, 'nobody']),
  ).rejects.toThrow(/nobody/)
})
