import { centerIdOf } from '@mensageria/contracts'
import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startForwardProxy } from '@mensageria/testkit/forward-proxy'
import { waitFor } from '@mensageria/testkit/wait-for'
import { runCommand } from '../support/cli.ts'
import { openTestSystem, SYSTEMS, type TestSystem } from '../support/system.ts'

let system: TestSystem
let url: string
beforeAll(async () => {
  system = await openTestSystem()
  url = (await system.start({ RECOVERY_MIN_INTERVAL: '60s', RECOVERY_MAX_INTERVAL: '60s' })).url
})
afterAll(() => system.close())

const run = (...args: string[]) => runCommand([...args, '--url', url])
const jsonOf = (out: string): unknown => JSON.parse(out)
const idOf = (n: number) => centerIdOf(cnpjOf(n))

test('a file is registered, again it changes nothing, and what is invalid is said field by field', async () => {
  const file = join(system.dataDir, 'center.json')
  await writeFile(file, JSON.stringify(sampleRegistration(1)))
  const first = await run('register', file)
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toContain(`Registered: ${sampleRegistration(1).name}, ${idOf(1)}`)
  expect((await run('register', file)).out).toContain('Registered before with the same data')
  const { out } = await run('register', file, '--json')
  expect(jsonOf(out)).toMatchObject({ id: idOf(1), version: 1 })

  await writeFile(file, JSON.stringify({ ...sampleRegistration(1), name: 'Other' }))
  expect(await run('register', file)).toMatchObject({
    code: 1,
    err: `There is a center with this CNPJ and other data; it is ${idOf(1)}, version 1\nTo change it: mensageria update ${file}\n`,
  })
  await writeFile(file, JSON.stringify({ ...sampleRegistration(2), taxId: '1' }))
  const invalid = await run('register', file)
  expect(invalid).toMatchObject({ code: 1, err: expect.stringContaining('; taxId: Must be') })
  expect(await run('register', file, '--lang', 'pt-BR')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Os dados não são válidos; taxId: deve ser um CNPJ válido'),
  })
  await writeFile(file, '{')
  expect(await run('register', file)).toMatchObject({ code: 2, err: expect.stringContaining('not JSON') })
  expect(await run('register', `${file}.gone`)).toMatchObject({
    code: 2,
    err: `There is no file ${file}.gone\n`,
  })
})

test('a center is changed from its file, once, and not where somebody was faster', async () => {
  const file = join(system.dataDir, 'center.json')
  await system.client.register(url, sampleRegistration(5))
  await writeFile(file, JSON.stringify({ ...sampleRegistration(5), name: 'CD Novo' }))
  const changed = await run('update', file)
  expect(changed).toMatchObject({ code: 0, err: '' })
  expect(changed.out).toContain('Changed: CD Novo is at version 2')
  expect((await run('update', file)).out).toContain('It has these data already: CD Novo, version 2')

  await writeFile(file, JSON.stringify({ ...sampleRegistration(5), name: 'CD Outro' }))
  const late = await run('update', file, '--seen', '1', '--lang', 'pt-BR')
  expect(late).toMatchObject({ code: 1, err: expect.stringContaining('O centro está em outra versão') })
  expect(await run('update', file, '--seen', '2', '--json')).toMatchObject({ code: 0 })
  for (const text of ['{}', '{"taxId":11222333000181}']) {
    await writeFile(file, text)
    expect(await run('update', file)).toMatchObject({ code: 2, err: expect.stringContaining('no taxId') })
  }
  const unknown = { ...sampleRegistration(6), name: 'CD Novo' }
  await writeFile(file, JSON.stringify(unknown))
  expect(await run('update', file)).toMatchObject({ code: 1, err: `No center fits ${unknown.taxId}\n` })
})

test('centers, deliveries, systems and the story of a center are shown, in tables and as JSON', async () => {
  system.simulator.setDials('dmitri', { mode: 'down' })
  for (const n of [11, 12, 13]) await system.client.register(url, sampleRegistration(n))
  await waitFor(
    '3 parked deliveries of dmitri listed',
    () => run('deliveries', '--integration', 'dmitri', '--state', 'parked', '--json'),
    { until: ({ out }) => JSON.parse(out).items.length === 3 },
  )

  const centers = await run('centers', '--limit', '2')
  expect(centers).toMatchObject({ code: 0, err: 'The first 2; more with --limit.\n' })
  expect(centers.out).toMatch(/^ID +NAME +CODE/)
  expect(centers.out.trim().split('\n')).toHaveLength(3)
  const searched = await run('centers', '--q', `cd ${sampleRegistration(12).address.city}`, '--json')
  expect(jsonOf(searched.out)).toMatchObject({ items: [{ id: idOf(12) }], more: false })
  expect((await run('centers', '--q', 'nobody')).out).toBe('Nothing found.\n')

  const deliveries = await run('deliveries', '--cause', 'http-503')
  expect(deliveries.out.match(/Dmitri .* parked .* http-503/g)).toHaveLength(3)
  const wrong = await run('deliveries', '--since', 'yesterday')
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('; --since: ') })

  const integrations = await run('integrations')
  expect(integrations.out).toMatch(/^SYSTEM +HEALTH/)
  expect(integrations.out).toMatch(/Dmitri +down +3 .*http-503/)
  expect(jsonOf((await run('integrations', '--json')).out)).toMatchObject({
    items: SYSTEMS.map((name) => ({ name, ...(name === 'dmitri' ? { counts: { parked: 3 } } : {}) })),
  })

  for (const asked of [idOf(11), cnpjOf(11), sampleRegistration(11).code ?? '']) {
    const { code, out } = await run('story', asked)
    expect(code).toBe(0)
    expect(out).toContain(sampleRegistration(11).name)
    expect(out).toContain('  Dmitri: parked\n')
    expect(out.match(/temporary failure after \d+ ms \(from the queue\): http-503/g)?.length).toBeGreaterThan(
      1,
    )
    expect(out).toContain('sent automatically when the system is back')
    expect(out).toMatch(/MaaS: delivered\n.*v1 {2}delivered after \d+ ms \(from the queue\)/)
  }
  const portuguese = await run('story', idOf(11), '--lang', 'pt-BR')
  expect(portuguese.out).toContain('  Dmitri: retida\n')
  expect(await run('story', 'CD')).toMatchObject({ code: 1, err: expect.stringContaining(idOf(12)) })
  expect(await run('story', 'nobody')).toMatchObject({ code: 1, err: 'No center fits nobody\n' })

  system.simulator.setDials('dmitri', { mode: 'up' })
})

test('a service that is not there, and a command that is none, are said in a sentence with what to do', async () => {
  expect(await runCommand(['centers', '--url', `${url}/console`])).toMatchObject({
    code: 2,
    err: `${url}/console has a path: give the address alone, ${url}\n`,
  })
  const nowhere = await runCommand(['centers', '--url', 'http://127.0.0.1:1', '--timeout', '0.2'])
  expect(nowhere).toMatchObject({
    code: 3,
    err: expect.stringContaining('No answer from http://127.0.0.1:1'),
  })
  expect(nowhere.err).toContain('npm start')
  for (const [args, sentence] of [
    [['--timeout', 'soon'], '--timeout must be a number above 0'],
    [['--url', 'localhost:8080'], 'localhost:8080 is not an address'],
  ] as const) {
    const wrong = await runCommand(['centers', ...args])
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining(sentence) })
  }
  const file = join(system.dataDir, 'center.csv')
  await writeFile(file, 'name\n')
  expect(await run('import', file, '--concurrency', '0')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--concurrency must be'),
  })
  expect(await run('import', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('Missing columns'),
  })
  const typo = await runCommand(['centrs'])
  expect(typo.code).toBe(2)
  expect(typo.err).toContain('centers')
  const help = await runCommand(['import', '--help'])
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('mensageria import centers.csv') })
  expect((await runCommand(['completion'])).out).toContain('###-begin-mensageria-completions-###')
})

test('c19: the command goes through a proxy to a service elsewhere, and past it to one on this machine', async () => {
  const proxy = await startForwardProxy({ 'desk.example:80': new URL(url).host })
  try {
    const env = { HTTP_PROXY: proxy.url }
    expect(await runCommand(['centers', '--url', url], env)).toMatchObject({ code: 0 })
    expect(proxy.asked).toEqual([])
    // It is there, and answers to its own names alone.
    const foreign = await runCommand(['centers', '--url', 'http://desk.example'], env)
    expect([foreign.code, new Set(proxy.asked)]).toEqual([2, new Set(['desk.example:80'])])
  } finally {
    await proxy.close()
  }
  const bad = await runCommand(['centers', '--url', url], { HTTPS_PROXY: 'proxy.example:x' })
  expect(bad).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^HTTPS_PROXY or HTTP_PROXY is not/),
  })
})
