import { runCli, type Io } from '@mensageria/cli'
import type { Redrive } from '@mensageria/client'
import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { freePort } from '@mensageria/testkit/free-port'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { waitFor } from '@mensageria/testkit/wait-for'
import { runCommand, startCli } from '../support/cli.ts'
import { createOperations } from '../support/operations.ts'
import { expectPromisesKept } from '../support/promises.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'

let system: TestSystem
let url: string
beforeEach(async () => {
  system = await openTestSystem()
  url = (await system.start()).url
})
afterEach(() => system.close())

const run = (...args: string[]) => runCommand([...args, '--url', url])
const why = ['--reason', 'test']

/** The command at a terminal where a person answers, in this process. */
const runAtTerminal = async (
  args: readonly string[],
  answer: string,
  signal?: AbortSignal,
  said: string[] = [],
) => {
  const asked: string[] = []
  const io: Io = {
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    outIsTerminal: true,
    errIsTerminal: true,
    columns: 200,
    colors: false,
    ask: async (question) => {
      asked.push(question)
      return answer
    },
    input: async function* () {},
  }
  const code = await runCli([...args, '--url', url], {}, io, signal)
  return { code, asked, said }
}

/** Centers that maas rejects: only a person brings them back. */
const rejectedAtMaas = async (count: number): Promise<void> => {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  system.simulator.setDials('maas', { refuse: numbers.map(cnpjOf) })
  for (const n of numbers) await system.client.register(url, sampleRegistration(n))
  const operations = createOperations(url)
  await operations.untilCount('maas', 'rejected', count)
  system.simulator.setDials('maas', { refuse: [] })
}

/** The redrives that people asked for: a system that has just begun may have made its own. */
const askedFor = async (): Promise<Redrive[]> => {
  const { items }: { items: Redrive[] } = JSON.parse((await run('redrives', '--json')).out)
  return items.filter(({ requestedBy }) => requestedBy !== 'system')
}

test('a redrive counts first and sends only what a person has agreed to', async () => {
  await rejectedAtMaas(3)
  const args = ['redrive', '--integration', 'maas', ...why]
  const dry = await run(...args, '--dry-run')
  expect(dry).toMatchObject({ code: 0, err: '' })
  expect(dry.out).toContain('3 deliveries would be sent again.')
  expect(dry.out.match(/MaaS .* rejected/g)).toHaveLength(3)
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('--yes') })
  const no = await runAtTerminal(args, 'n')
  expect(no).toMatchObject({ code: 0, asked: ['Send 3 deliveries again? [y/N] '] })
  expect(no.said.at(-1)).toBe('Nothing was sent.')
  expect(await askedFor()).toEqual([])

  const yes = await runAtTerminal(args, 'sim')
  expect(yes.said.at(-1)).toMatch(/^Started\. Track it: mensageria redrives /)
  await createOperations(url).untilCount('maas', 'delivered', 3)
  const items = await askedFor()
  expect(items).toMatchObject([
    { state: 'done', total: 3, delivered: 3, requestedBy: 'local', reason: 'test' },
  ])
  expect((await run('redrives', String(items[0]?.id))).out).toMatch(/done +MaaS +3 of 3 +3 +0 +0 +local/)
  expect(await run('redrives', String(items[0]?.id), 'cancel')).toMatchObject({
    code: 1,
    err: expect.stringContaining('redrive'),
  })
  expect(await run('redrives', 'x')).toMatchObject({ code: 1 })
  expect(await run(...args, '--yes')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^0 deliveries would be sent again\.\n0 of 3 match: 3 delivered\.\n/),
  })
  expect(await run('redrive', ...why, '--yes')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Say what to send: --integration'),
  })
  await expectPromisesKept(system, url)
})

test('a redrive that finds nothing says what is on its way by itself', async () => {
  const patient = await openTestSystem()
  try {
    const started = await patient.start({ MAX_DELIVERY_ATTEMPTS: '100' })
    patient.simulator.setDials('dmitri', { mode: 'down' })
    await patient.client.register(started.url, sampleRegistration(1))
    const redrive = ['redrive', '--integration', 'dmitri', ...why, '--dry-run', '--url', started.url]
    const words =
      /^0 deliveries .*\n0 of \d+ match: .*1 retrying.*\n(?:.*\n)?The retrying ones are sent automatically\. .*--states retrying\n$/
    await waitFor('a dry run that names the retrying delivery', () => runCommand(redrive), {
      until: ({ out }) => words.test(out),
    })
  } finally {
    await patient.close()
  }
})

test('a system is paused and resumed with a reason', async () => {
  expect(await run('pause', 'maas')).toMatchObject({ code: 2, err: expect.stringContaining('reason') })
  const paused = await run('pause', 'maas', ...why)
  expect(paused).toMatchObject({ code: 0, out: expect.stringContaining('MaaS: paused') })
  expect((await run('integrations')).out).toMatch(/MaaS +paused .* paused by local: test/)
  const resumed = JSON.parse((await run('resume', 'maas', ...why, '--json')).out)
  expect(resumed).toMatchObject({ name: 'maas', health: 'healthy' })
  const unknown = `No system is called nobody. There are: ${SYSTEMS.join(', ')}\n`
  for (const words of [
    ['pause', 'nobody'],
    ['redrive', '--integration', 'nobody'],
  ]) {
    expect(await run(...words, ...why)).toMatchObject({ code: 2, err: unknown })
  }
  expect(await run('deliveries', '--integration', 'nobody')).toMatchObject({ code: 2, err: unknown })
})

test('watch writes each event as a line, and ends in order with Ctrl-C', async () => {
  const watching = startCli(['watch', '--json', '--url', url])
  // Events of before it listens are not its own: register until one is heard.
  let n = 0
  const registerOne = async () => {
    n += 1
    await system.client.register(url, sampleRegistration(n))
    return watching.heard()
  }
  await waitFor('an event of a delivery', registerOne, { until: (heard) => heard.includes('"delivered"') })
  watching.kill('SIGINT')
  const ended = await watching.ended
  expect(ended.code).toBe(0)
  const events = ended.out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(events).toContainEqual({
    event: 'delivery',
    data: { integration: 'maas', centerId: expect.any(String), version: 1, state: 'delivered' },
  })
})

test('watch at a terminal draws the table again when something happens', async () => {
  const controller = new AbortController()
  const drawn: string[] = []
  const ended = runAtTerminal(['watch'], '', controller.signal, drawn)
  await waitFor('the table drawn', () => drawn.length)
  expect(drawn[0]).toMatch(/0 centers; deliveries: [^]*SYSTEM +HEALTH[^]*MaaS +healthy +0 +0 +0/)
  await system.client.register(url, sampleRegistration(1))
  await waitFor('the table drawn with every delivery', () => drawn.at(-1), {
    until: (table) => table?.includes(`1 center; deliveries: ${SYSTEMS.length} delivered`) === true,
  })
  controller.abort()
  expect((await ended).code).toBe(0)
})

test('the doctor says what is right, what is wrong, and what to do', async () => {
  const env = { DATA_DIR: system.dataDir }
  const good = await runCommand(['doctor', '--url', url], env)
  expect(good.code).toBe(0)
  expect(good.out).toMatch(/ok +http:\/\/127\.0\.0\.1:\d+ +is there and ready/)
  expect(good.out).toContain('nobody signs in here')
  expect(good.out).toMatch(/ok +Dmitri +healthy/)
  expect(good.out).toMatch(/ok +\/.* +may be written; database \d+ MiB/)

  system.simulator.setDials('dmitri', { mode: 'down' })
  await system.client.register(url, sampleRegistration(1))
  await createOperations(url).untilHealth('dmitri', 'down')
  expect((await runCommand(['doctor', '--url', url], env)).out).toMatch(/look +Dmitri +down \(http-503\)/)

  const nowhere = await runCommand(['doctor', '--url', `http://127.0.0.1:${await freePort()}`, '--json'], env)
  expect(nowhere.code).toBe(1)
  expect(JSON.parse(nowhere.out)).toMatchObject({
    findings: [{ level: 'fail', said: expect.stringContaining('npm start') }, { level: 'ok' }],
  })

  const other = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : 0
  const taken = await runCommand(['doctor', '--url', `http://127.0.0.1:${port}`], env)
  other.close()
  expect(taken).toMatchObject({
    code: 1,
    out: expect.stringContaining('answers 404, which is not Mensageria'),
  })
})
