import { centerIdOf } from '@mensageria/contracts'
import { createMensageriaClient } from '@mensageria/client'
import { cnpjOf, sampleRegistration } from '@mensageria/testkit/sample-registration'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '@mensageria/testkit/ready-process'
import { waitFor } from '@mensageria/testkit/wait-for'
import { peakMemoryMib, startCli, type CliProcess, type CliResult } from '../support/cli.ts'
import { openTestSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
beforeEach(async () => {
  system = await openTestSystem()
})
afterEach(() => system.close())

const HEAD =
  'name,code,taxId,street,number,district,city,cityCode,state,postalCode,latitude,longitude,contactEmail'

/** Row `n` of a file of centers, as a spreadsheet writes it. */
const fieldsOf = (n: number): string[] => {
  const { name, code = '', taxId, address, location, contact } = sampleRegistration(n)
  const { street, number, district, city, cityCode, state, postalCode } = address
  const place = [street, number, `"${district}, ala ""${n}"""`, city, cityCode, state, postalCode]
  const { latitude = '', longitude = '' } = location ?? {}
  return [name, code, taxId, ...place, String(latitude), String(longitude), contact?.email ?? '']
}

const TAX_ID = 2
const CITY_CODE = 7
const change = (fields: string[], index: number, value: string) => fields.with(index, value)

/** The kinds of bad rows, with the reason that a person reads; each is bad in a way of its own. */
const FAULTS: readonly { spoil: (fields: string[]) => string[]; reason: string }[] = [
  {
    spoil: (fields) => change(fields, TAX_ID, '11222333000180'),
    reason: 'taxId: Must be a valid CNPJ: 14 characters with correct check digits',
  },
  {
    spoil: (fields) => change(fields, CITY_CODE, '9999999'),
    reason: 'cityCode: Must be the 7-digit IBGE code of a municipality',
  },
  { spoil: (fields) => [...fields, 'x'], reason: 'has 14 fields where the head has 13' },
  { spoil: (fields) => change(fields, 10, 'south'), reason: 'latitude is not a number' },
  // The CNPJ of a row that is long registered, with other data.
  {
    spoil: (fields) => change(fields, TAX_ID, cnpjOf(1)),
    reason: `There is a center with this CNPJ and other data; it is ${centerIdOf(cnpjOf(1))}, version 1`,
  },
]

const quote = (reason: string) => (reason.includes(',') ? `"${reason}"` : reason)

/** A file of `count` rows of which every hundredth is bad, and the reject file that it must lead to. */
const makeFile = (count: number): { text: string; rejects: string } => {
  const lines: string[] = [HEAD]
  const rejects: string[] = [`\u{feff}rejectedLine,rejectedReason,${HEAD}`]
  for (let n = 1; n <= count; n += 1) {
    const fault = n % 100 === 50 ? FAULTS[Math.floor(n / 100) % FAULTS.length] : undefined
    const line = (fault ? fault.spoil(fieldsOf(n)) : fieldsOf(n)).join(',')
    lines.push(line)
    // The head is the first line.
    if (fault) rejects.push(`${n + 1},${quote(fault.reason)},${line}`)
  }
  return { text: `${lines.join('\n')}\n`, rejects: `${rejects.join('\n')}\n` }
}

/** Runs to its end while its memory is looked at. */
const watchMemory = async (cli: CliProcess): Promise<{ result: CliResult; peakMib: number }> => {
  let peakMib = 0
  for (;;) {
    peakMib = Math.max(peakMib, peakMemoryMib(cli.pid) ?? 0)
    const result = await Promise.race([cli.ended, sleep(20)])
    if (result) return { result, peakMib }
  }
}

test('10,000 rows with 1 % bad ones, killed in the middle and resumed: each good one is registered once, the reject file is exact', async () => {
  // One system is enough: this is about what comes in.
  const list = join(system.dataDir, 'integrations.json')
  await writeFile(list, JSON.stringify({ integrations: { maas: {} } }))
  const { url } = await system.start({ INTEGRATIONS_FILE: list })
  const client = createMensageriaClient({ baseUrl: url })
  const accepted = async () => (await client.GET('/v1/summary')).data?.accepted ?? 0
  const file = join(system.dataDir, 'centers.csv')
  const { text, rejects } = makeFile(10_000)
  await writeFile(file, text)
  const args = ['import', file, '--url', url, '--json']

  const first = startCli(args)
  await waitFor('3,000 rows accepted', accepted, { until: (count) => count >= 3000 })
  first.kill('SIGKILL')
  expect((await first.ended).code).toBeNull()
  const atKill = await accepted()
  expect(atKill).toBeLessThan(9900)

  const { result, peakMib } = await watchMemory(startCli(args))
  expect(result).toMatchObject({ code: 1, err: expect.stringContaining('Going on after row') })
  expect(JSON.parse(result.out)).toEqual({
    rows: 10_000,
    registered: 9900,
    alreadyThere: 0,
    rejected: 100,
    rejectFile: join(system.dataDir, 'centers.rejects.csv'),
  })
  expect(await accepted()).toBe(9900)
  expect(await readFile(join(system.dataDir, 'centers.rejects.csv'), 'utf8')).toBe(rejects)
  expect(peakMib).toBeGreaterThan(20)
  expect(peakMib).toBeLessThan(256)

  // Each of them as the file has it, and at its first version.
  const { data } = await client.GET('/v1/distribution-centers/{id}', {
    params: { path: { id: centerIdOf(cnpjOf(9999)) } },
  })
  const sample = sampleRegistration(9999)
  expect(data).toMatchObject({
    ...sample,
    version: 1,
    address: { ...sample.address, district: 'Distrito Industrial, ala "9999"' },
    contact: { email: sample.contact?.email },
  })

  // Done is done: nothing is sent, and the exit code tells the same.
  const again = await startCli(args).ended
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('nothing was sent') })
})

test('what is wrong with the file is said once, with what to do; and nothing is left where no row was rejected', async () => {
  const { url } = await system.start()
  const run = (file: string) => startCli(['import', join(system.dataDir, file), '--url', url]).ended
  const put = (file: string, text: string) => writeFile(join(system.dataDir, file), text)
  await mkdir(join(system.dataDir, 'folder.csv'))
  expect(await run('folder.csv')).toMatchObject({ code: 2, err: expect.stringContaining('is a folder') })

  await put('broken.csv', `${HEAD}\n"never closed,${fieldsOf(1).join(',')}\n`)
  const broken = await run('broken.csv')
  expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('Correct this line') })
  expect(broken.err).not.toContain('Interrupted')

  await put('good.csv', `${HEAD}\n${fieldsOf(1).join(',')}\n`)
  expect(await run('good.csv')).toMatchObject({ code: 0 })
  // Done is done: a file that another run named is not this one's.
  await put('other.csv', 'kept')
  const again = startCli([
    'import',
    join(system.dataDir, 'good.csv'),
    '--rejects',
    join(system.dataDir, 'other.csv'),
    '--url',
    url,
  ])
  expect(await again.ended).toMatchObject({ code: 0, err: expect.stringContaining('nothing was sent') })
  const left = await readdir(system.dataDir)
  expect(left).toContain('other.csv')
  expect(left.filter((name) => name.startsWith('good'))).toEqual(['good.csv', 'good.csv.progress.json'])
})

const FILES = join(ROOT, 'tests/e2e/files')

test('c11, c12, c13, c24: files as spreadsheets and ERPs leave them are imported whole, and another database gets them again', async () => {
  const files = ['missing-cells', 'empty-rows', 'mixed-line-ends', 'separator-line']
  for (const name of files) {
    await copyFile(join(FILES, `${name}.csv`), join(system.dataDir, `${name}.csv`))
  }
  const { url } = await system.start()
  const run = async (address: string) => {
    const ended = files.map(
      (name) => startCli(['import', join(system.dataDir, `${name}.csv`), '--url', address]).ended,
    )
    return (await Promise.all(ended)).map(({ code, out }) => [code, out.trim()])
  }
  const whole = [6, 3, 5, 3].map((rows) => [0, `${rows} registered, 0 already there, 0 rejected.`])
  expect(await run(url)).toEqual(whole)
  // c33: the same files, into a database that has none of it.
  const other = await system.start({ DATA_DIR: join(system.dataDir, 'other') })
  expect(await run(other.url)).toEqual(whole)
})
