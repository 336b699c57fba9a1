import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runHere, type Ran } from './testing/run.ts'
import { EXIT } from './exit-codes.ts'

const FILES: Readonly<Record<string, string>> = {
  'center.json': '{"taxId":"11222333000181"}',
  'centers.csv': 'name;taxId;street;number;district;city;cityCode;state;postalCode\na;b;c;d;e;f;g;h;i\n',
  'centers.ndjson': '{"name":"a"}\n',
}

const home = process.cwd()
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-help-'))
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(dir, name), text)
  process.chdir(dir)
})
afterAll(async () => {
  process.chdir(home)
  await rm(dir, { recursive: true })
})

const helpOf = async (...command: string[]): Promise<string> => {
  const { log } = console
  const said: string[] = []
  Object.assign(console, { log: (text: unknown) => void said.push(String(text)) })
  try {
    await runHere([...command, '--help'])
  } finally {
    Object.assign(console, { log })
  }
  return said.join('\n')
}

const commands = async (): Promise<string[]> =>
  [...(await helpOf()).matchAll(/^ {2}mensageria (\w+)/gm)].flatMap(([, name = '']) =>
    name === 'completion' ? [] : [name],
  )

const examplesOf = (help: string): string[] =>
  (help.split('Examples:\n')[1] ?? '').split('\n').flatMap((line) => {
    const example = line.trim()
    return /(?:^|\s)mensageria /.test(example) ? [example] : []
  })

// As a shell takes it apart: variables in front, quotes, `< file`; what stands behind a pipe is another program.
const parse = async (example: string) => {
  const [own = ''] = example.split(' | ')
  const [command = '', file] = own.split(' < ')
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const at = words.indexOf('mensageria')
  const env = Object.fromEntries(words.slice(0, at).map((word) => word.split('=', 2)))
  return {
    env,
    argv: words.slice(at + 1),
    stdin: file === undefined ? '' : await readFile(file.trim(), 'utf8'),
  }
}

// Port 9 answers nothing: what gets as far as asking it was understood.
const NOBODY = ['--url', 'http://127.0.0.1:9', '--timeout', '0.1']

const run = async (example: string): Promise<Ran> => {
  const { env, argv, stdin } = await parse(example)
  return runHere([...argv, ...NOBODY], { ...env, PUBSUB_EMULATOR_HOST: '127.0.0.1:9' }, { stdin })
}

test('x01: every example of every --help is understood, and asks the service', async () => {
  const names = await commands()
  expect(names.length).toBeGreaterThan(12)
  const examples: string[] = []
  for (const name of names) examples.push(...examplesOf(await helpOf(name)))
  expect(examples).toContain('mensageria register - < center.json')
  expect(examples).toContain('mensageria import - < centers.csv')
  expect(examples.length).toBeGreaterThanOrEqual(names.length)
  for (const example of examples) {
    const { code, err } = await run(example)
    // The doctor tells of what it cannot reach as a finding.
    const expected = example.includes('mensageria doctor') ? EXIT.rejected : EXIT.unreachable
    expect({ example, code, err: code === expected ? '' : err }).toEqual({ example, code: expected, err: '' })
  }
})

test('x01: a lone dash is the standard input, and a file that is empty by name is none', async () => {
  expect(await run('mensageria update - < center.json')).toMatchObject({ code: EXIT.unreachable })
  expect(await run('mensageria update ""')).toMatchObject({ code: EXIT.usage })
})

test.each([
  ['Latin-1', Buffer.from('{"name":"S\u00e3o"}', 'latin1'), 'is not UTF-8'],
  ['UTF-16', Buffer.from('\u{feff}{"name":"São"}', 'utf16le'), 'UTF-16'],
  ['UTF-8 that was opened as Latin-1', Buffer.from('{"name":"SÃ£o"}'), 'opened as another encoding'],
  ['replacement characters', Buffer.from('{"name":"S\u{fffd}o"}'), 'lost its accents'],
])('c02: register and update send nothing of a file in %s', async (_name, bytes, sentence) => {
  await writeFile('other.json', bytes)
  for (const command of ['register', 'update']) {
    const { code, err } = await run(`mensageria ${command} other.json`)
    expect({ code, err }).toEqual({ code: EXIT.usage, err: expect.stringContaining(sentence) })
  }
})
