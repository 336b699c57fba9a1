import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT } from '../exit-codes.ts'
import { runHere } from '../testing/run.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-cli-'))
})
afterEach(() => rm(dir, { recursive: true }))

// Nothing listens there: what is wrong with the arguments is said before.
const URL = ['--url', 'http://127.0.0.1:9']

test.each(['import', 'register', 'update'])(
  'x11: %s of what cannot be used as a file is a sentence that names it, and exit 2',
  async (command) => {
    await writeFile(join(dir, 'file.csv'), 'x')
    await symlink(join(dir, 'circle'), join(dir, 'circle'))
    for (const name of ['x'.repeat(300), 'file.csv/inside', 'circle', '.', 'absent']) {
      const file = join(dir, name)
      const { code, err } = await runHere([command, file, ...URL])
      expect(err).toContain(file)
      expect(err).not.toMatch(/\n {4}at /)
      expect(code).toBe(EXIT.usage)
    }
  },
)

test.each(['null', '[]', '5', '{"taxId":" "}'])(
  'x11: update of %s says what the file lacks',
  async (text) => {
    const { code, err } = await runHere(['update', '-', ...URL], {}, { stdin: text })
    expect(err).toContain('has no taxId')
    expect(code).toBe(EXIT.usage)
  },
)

test.each([
  ['en', 'Say what to send: --integration, --cause or --center'],
  ['pt-BR', 'Diga o que reenviar: --integration, --cause ou --center'],
])('x11: a redrive of everything is refused in the language %s, and exit 2', async (lang, words) => {
  const args = ['redrive', '--states', 'waiting', '--reason', 'x', '--lang', lang]
  const { code, err } = await runHere([...args, ...URL])
  expect(err).toContain(words)
  expect(code).toBe(EXIT.usage)
})

test('x11: a registration that is larger than any is refused before it is read whole', async () => {
  for (const file of ['/dev/zero', '-']) {
    const { code, err } = await runHere(['register', file, ...URL], {}, { stdin: ' '.repeat(2 ** 20 + 1) })
    expect(err).toBe(`${file} is larger than one registration can be; a list goes through import`)
    expect(code).toBe(EXIT.usage)
  }
})

test('x11: a flag that is repeated has its last value, one with a dot is unknown, and no rejects go nowhere', async () => {
  const file = join(dir, 'file.csv')
  await writeFile(file, 'x')
  const rejects = ['--rejects', 'one', '--rejects', '']
  expect(await runHere(['import', file, ...URL, ...rejects])).toMatchObject({
    code: EXIT.usage,
    err: '--rejects is empty: give it a value, or leave it out',
  })
  const timeout = await runHere(['centers', '--timeout', '0', '--timeout', '1', ...URL])
  expect(timeout.code).toBe(EXIT.unreachable)
  const dotted = await runHere(['centers', '--url.x', 'http://127.0.0.1:9'])
  expect(dotted).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('url.x') })
})
