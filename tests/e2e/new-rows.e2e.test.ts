import { IntegrationsFile } from '@mensageria/contracts'
import { needs } from '@mensageria/testkit/needs'
import { startReadyProcess, type ReadyProcess } from '@mensageria/testkit/ready-process'
import { sampleRegistration } from '@mensageria/testkit/sample-registration'
import { waitFor } from '@mensageria/testkit/wait-for'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { copyRepository } from '../support/copy-repository.ts'
import { createClient } from '../support/client.ts'
import { deliveriesOf } from '../support/system.ts'
import { prepareConfiguration, runTerraform } from '../support/terraform.ts'
import { untilDelivered } from '../support/until.ts'

const CLOCKS = {
  RETRY_MIN_BACKOFF: '50ms',
  RETRY_MAX_BACKOFF: '200ms',
  MAX_DELIVERY_ATTEMPTS: '5',
  RECOVERY_MIN_INTERVAL: '100ms',
  RECOVERY_MAX_INTERVAL: '500ms',
  SWEEP_INTERVAL: '200ms',
}

// The application behind the new destination: it is away while it is told to, and notes what it takes.
const taken: string[] = []
let isAway = false
const application = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    if (!isAway) taken.push(String(request.headers['webhook-id'] ?? request.headers['ce-id']))
    response.writeHead(isAway ? 503 : 204).end()
  })
})

const copy = copyRepository()
const LIST = join(copy.dir, 'terraform/integrations.auto.tfvars.json')
const EXAMPLE = 'https://portal.example/hooks/centers'
const listOf = () => IntegrationsFile.parse(JSON.parse(readFileSync(LIST, 'utf8'))).integrations
const before = Object.keys(listOf())
let mensageria: ReadyProcess | undefined
let demo: ReturnType<typeof copy.start> | undefined

beforeAll(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await demo
  // Not SIGKILL: it ends what builds its page.
  await mensageria?.stop('SIGTERM')
  application.closeAllConnections()
  application.close()
  await copy.remove()
})

const hookUrl = () => {
  const address = application.address()
  if (typeof address !== 'object') throw new Error('The application does not listen')
  return `http://127.0.0.1:${address?.port}/hooks`
}
const succeeds = (command: string, ...args: string[]) => {
  const ended = copy.run(command, args)
  expect(ended).toEqual({ code: 0, output: ended.output })
  return ended.output
}

test('row 53: one command makes an integration by code, and one a destination; both pass every check as they are', () => {
  expect(succeeds('node', 'scripts/new-integration.ts', 'erp', '--display-name=ERP')).toContain(
    'services/erp is an integration by code',
  )
  expect(succeeds('node', 'scripts/new-destination.ts', 'portal', 'webhook')).toMatch(
    /target\.url in terraform.*: an example stands there[^]*PORTAL_TOKEN is not set/,
  )
  expect(listOf()).toMatchObject({
    erp: { display_name: 'ERP', since: expect.any(String) },
    portal: { kind: 'webhook', target: { url: EXAMPLE }, since: expect.any(String) },
  })
  // It waits most of its time, so it runs beside the checks.
  demo = copy.start('node', ['scripts/demo.ts', '--json'])
  // Of what `npm run types` compiles, the one project that is new: no other names it.
  succeeds('tsc', '-b', 'services/erp')
  succeeds('oxlint', '--type-aware', '--deny-warnings', 'services/erp')
  succeeds('oxfmt', '--check', 'services/erp', 'terraform/integrations.auto.tfvars.json')
  succeeds('npm', 'run', '--silent', 'layers')
  succeeds('npm', 'run', '--silent', 'unused')
  expect(succeeds('npm', 'run', '--silent', 'jest', '--', 'services/erp')).toMatch(/Tests: +7 passed/)
})

test('row 53: what a generator refuses leaves everything as it was', () => {
  const list = readFileSync(LIST, 'utf8')
  // Which names and targets are refused: scripts/new.
  for (const [args, words] of [
    [['scripts/new-integration.ts', 'portal'], '"portal" has a row in the list already'],
    [
      ['scripts/new-destination.ts', 'lake', 'kafka', '--target.brokers=k1'],
      'target.brokers.0: Must be host:port',
    ],
    [['scripts/new-destination.ts', 'lake', 'webhook', '--display-name= '], 'display_name: Too small'],
    [['scripts/new-integration.ts', 'lake', `--display-name=${'a'.repeat(61)}`], 'display_name: Too big'],
  ] as const) {
    const { code, output } = copy.run('node', args)
    expect([args, code, output]).toEqual([args, 2, expect.stringContaining(words)])
  }
  expect(readFileSync(LIST, 'utf8')).toBe(list)
  expect(existsSync(join(copy.dir, 'services/lake'))).toBe(false)
})

const { test: testWithProvider } = needs('google-provider')
testWithProvider('row 53: terraform plans both rows', async () => {
  const configuration = await prepareConfiguration(copy.dir)
  try {
    const { code, output } = await runTerraform(
      configuration.dir,
      ['test', '-no-color', '-filter=tests/list.tftest.hcl'],
      180_000,
    )
    expect({ code, output }).toEqual({ code: 0, output })
  } finally {
    await configuration.remove()
  }
})

test('row 53: the demo tells its story with the new integration', async () => {
  const ended = await demo
  expect(ended).toMatchObject({ code: 0 })
  const { systems }: { systems: object[] } = JSON.parse(ended?.output ?? '')
  expect(systems).toContainEqual(
    expect.objectContaining({ system: 'erp', delivered: 24, effects: 24, duplicates: 0, lost: 0 }),
  )
})

const dial = async (mode: 'up' | 'down') => {
  const url = /(http:\S+)\/simulator\/summary/.exec(mensageria?.lines.join('\n') ?? '')?.[1]
  const put = {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode }),
  }
  expect((await fetch(`${url}/simulator/dials/erp`, put)).status).toBe(200)
  isAway = mode === 'down'
  return url
}

test('row 53: a center gets to both; both are away for longer than all retries, and get the next one by themselves', async () => {
  writeFileSync(LIST, readFileSync(LIST, 'utf8').replace(EXAMPLE, hookUrl()))
  mensageria = await startReadyProcess(`exec node ${join(copy.dir, 'services/standalone/src/main.ts')}`, {
    ...CLOCKS,
    PORT: '0',
    DATA_DIR: join(copy.dir, 'data'),
    SIMULATE: '1',
    PORTAL_TOKEN: 'token',
  })
  const { url } = mensageria
  const client = createClient()
  const first = await client.register(url, sampleRegistration(1))
  await untilDelivered(url, [first.id])
  expect(Object.keys(await deliveriesOf(url, first.id)).toSorted()).toEqual(
    [...before, 'erp', 'portal'].toSorted(),
  )

  await dial('down')
  const second = await client.register(url, sampleRegistration(2))
  const states = async () => {
    const rows = await deliveriesOf(url, second.id)
    return {
      erp: rows['erp']?.state,
      portal: rows['portal']?.state,
      cause: rows['portal']?.lastFailure?.cause,
    }
  }
  await waitFor('both parked', states, {
    until: ({ erp, portal }) => erp === 'parked' && portal === 'parked',
  })
  const simulator = await dial('up')
  await untilDelivered(url, [second.id])
  expect(taken).toHaveLength(2)
  const summary = await (await fetch(`${simulator}/simulator/summary`)).json()
  expect(summary).toMatchObject({ erp: { effects: 2, duplicates: 0 } })
})

// The last test: the list of the copy is another one from here on.
test('the demo says in a sentence that it cannot tell its story of a list with destinations alone', () => {
  const { portal } = listOf()
  writeFileSync(LIST, JSON.stringify({ integrations: { portal } }))
  expect(copy.run('node', ['scripts/demo.ts'])).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^The demo cannot show its story: [^\n]+npm start runs what the list has\.\n$/,
    ),
  })
})
