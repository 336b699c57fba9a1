import { appendFile, link, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkFile, readRows, type CheckedFile } from '@mensageria/center-files'
import { explainError } from '../explain-error.ts'
import { EN } from '../language/texts-en.ts'
import { openInput, type InputFile } from './input-file.ts'
import { readProgress, writeProgress, type Progress } from './progress-file.ts'
import { createRejectFile, noRejects } from './reject-file.ts'
import { guardRejects } from './reject-guard.ts'
import { rejectFormatOf } from './reject-line.ts'
import { testContext } from '../testing/test-context.ts'

let dir: string
let inputs: InputFile[]
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-cli-'))
  inputs = []
})
afterEach(async () => {
  for (const input of inputs) await input.close()
  await rm(dir, { recursive: true })
})

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}
const open = async (file: string, stdin = ''): Promise<InputFile> => {
  const input = await openInput(file, 1000, testContext({ stdin }))
  inputs.push(input)
  return input
}
const checked = async (input: InputFile): Promise<CheckedFile> => {
  const found = await checkFile(input.source, { rows: 100, bytes: 1e6 })
  if ('fault' in found) throw new Error(found.fault.kind)
  return found.file
}

const all = async <T>(some: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const one of some) found.push(one)
  return found
}

const HEAD = 'Nome;CNPJ;street;number;district;city;cityCode;state;postalCode'
const COUNTS = { rows: 1, registered: 0, alreadyThere: 0, rejected: 1 }
const progressOf = (more: Partial<Progress>): Progress => ({
  sha256: 'x',
  url: 'u',
  run: crypto.randomUUID(),
  ...COUNTS,
  rejectBytes: 0,
  ...more,
})

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

test('c15: rejects have a mark, the names and the separator of their file, and are read again', async () => {
  const input = await open(await put('a.csv', `${HEAD}\r\n"x ""y""";2;3;4;5;6;7;8;9\r\n1;2\r\n`))
  const file = await checked(input)
  const { head, line } = rejectFormatOf(file)
  const rejects = createRejectFile(join(dir, 'a.rejects.csv'), noRejects())
  await rejects.append(head)
  for await (const row of readRows(input.source, file)) {
    await rejects.append(line({ row: { ...row, content: { fault: 'x' } }, reason: 'no; "never"' }))
  }
  await rejects.close()
  expect(await readFile(rejects.file, 'utf8')).toBe(
    `\u{feff}rejectedLine;rejectedReason;${HEAD}\n2;"no; ""never""";"x ""y""";2;3;4;5;6;7;8;9\n3;"no; ""never""";1;2\n`,
  )
  const again = await open(rejects.file)
  const rows = await all(readRows(again.source, await checked(again)))
  const first = await all(readRows(input.source, file))
  expect(rows.map(({ content }) => content)).toEqual(first.map(({ content }) => content))
})

test('a rejected line of JSON keeps its fields, or its text where it has none', async () => {
  const input = await open(await put('a.ndjson', '{"name":"x"}\nnope\n'))
  const { head, line } = rejectFormatOf(await checked(input))
  const row = { number: 1, line: 1, source: 'nope' }
  expect(head).toBe('')
  expect(line({ row: { ...row, content: { registration: { name: 'x' } } }, reason: 'why' })).toBe(
    '{"rejectedLine":1,"rejectedReason":"why","name":"x"}\n',
  )
  expect(line({ row: { ...row, content: { fault: 'x' } }, reason: 'why' })).toBe(
    '{"rejectedLine":1,"rejectedReason":"why","text":"nope"}\n',
  )
})

test('c28: progress and rejects are for their owner alone, and nothing lies beside them', async () => {
  const rejects = createRejectFile(join(dir, 'r.csv'), noRejects())
  await rejects.append('x')
  await rejects.close()
  await writeProgress(join(dir, 'p.json'), progressOf({}))
  expect([await modeOf(rejects.file), await modeOf(join(dir, 'p.json'))]).toEqual(['600', '600'])
})

const guard = async (file: string, earlier?: Progress, goesOn = false) => {
  const input = inputs[0] ?? (await open(await put('input.csv', 'input')))
  return guardRejects({ file, input, earlier, goesOn, texts: EN.import })
}
const refused = async (file: string, earlier?: Progress, goesOn = false): Promise<string> => {
  const before = await readFile(file)
  const message = await guard(file, earlier, goesOn).then(
    () => 'taken',
    (error: Error) => error.message,
  )
  expect(await readFile(file)).toEqual(before)
  return message
}

test('c14, defect 7: the input is no reject file, by whatever name: its own, a hard link, a symbolic link', async () => {
  const input = await put('input.csv', 'input')
  await link(input, join(dir, 'hard.csv'))
  await symlink(input, join(dir, 'soft.csv'))
  for (const name of ['input.csv', './input.csv', 'hard.csv', 'soft.csv']) {
    expect(await refused(join(dir, name))).toContain('is the file that is imported')
  }
  await put('input.csv.progress.json', '{}')
  expect(await refused(join(dir, 'input.csv.progress.json'))).toContain('or its progress')
})

test('c14: a file that its progress does not name is not taken, nor a link or a device', async () => {
  const mine = await put('mine.csv', 'of a person')
  const own = await put('own.csv', 'x')
  await symlink(mine, join(dir, 'link.csv'))
  const named = progressOf({ rejectFile: own, rejectBytes: 1 })
  for (const goesOn of [false, true]) {
    expect(await refused(mine, undefined, goesOn)).toContain('is not overwritten')
    expect(await refused(mine, named, goesOn)).toContain('is not overwritten')
    expect(
      await refused(join(dir, 'link.csv'), progressOf({ rejectFile: join(dir, 'link.csv') }), goesOn),
    ).toContain('is not overwritten')
  }
  await expect(guard('/dev/null')).rejects.toThrow('is not overwritten')
  expect(await guard(join(dir, 'new.csv'))).toMatchObject({ isThere: false, bytes: 0 })
})

test('c14: a reject file that a person has changed is neither written on nor begun anew', async () => {
  const file = join(dir, 'r.csv')
  const rejects = createRejectFile(file, noRejects())
  const written = await rejects.append('head\n2;why;x\n')
  await rejects.close()
  const progress = progressOf({ rejectFile: file, ...written, pending: '3;why;y\n' })
  await appendFile(file, '3;wh')
  expect(await guard(file, progress, true)).toMatchObject({ isThere: true, bytes: written.rejectBytes })
  for (const text of ['head\n2;why;X\n', 'head\n2;why;x\n3;mine', 'head\n', '']) {
    await writeFile(file, text)
    for (const goesOn of [true, false]) expect(await refused(file, progress, goesOn)).toContain('was changed')
  }
  // Its own, as it was written, is begun anew where a person says so.
  await writeFile(file, 'head\n2;why;x\n')
  expect(await guard(file, progress)).toMatchObject({ isThere: false })
  await expect(stat(file)).rejects.toThrow('ENOENT')
})

test('what a killed run wrote beyond its progress is cut off, also where that was the first', async () => {
  const file = join(dir, 'r.csv')
  await writeFile(file, 'hea')
  const begun = progressOf({ rejectFile: file, pending: 'head\n2;why;x\n' })
  const again = createRejectFile(file, await guard(file, begun, true))
  await again.append('head\n2;why;x\n')
  await again.close()
  expect(await readFile(file, 'utf8')).toBe('head\n2;why;x\n')
})

test('a reject file that appears meanwhile is not written over', async () => {
  const file = join(dir, 'r.csv')
  const rejects = createRejectFile(file, await guard(file))
  await writeFile(file, 'of a person')
  const error = await rejects.append('x').catch((thrown: unknown) => thrown)
  expect(explainError(error, EN)).toEqual({
    message: expect.stringContaining('r.csv is there already'),
    exitCode: 2,
  })
  expect(await readFile(file, 'utf8')).toBe('of a person')
})

test('an input that is written, replaced or removed while it is open is noticed', async () => {
  const changes = [
    (file: string) => appendFile(file, 'more'),
    async (file: string) => rename(await put('other.csv', 'content'), file),
    (file: string) => rm(file),
  ]
  for (const change of changes) {
    const input = await open(await put('a.csv', 'content'))
    expect(await input.hasChanged()).toBe(false)
    await change(join(dir, 'a.csv'))
    expect(await input.hasChanged()).toBe(true)
  }
})

test('x01: the standard input is read more than once, and leaves nothing behind', async () => {
  const input = await open('-', 'name\nx\n')
  for (const time of ['first', 'second']) {
    expect([time, Buffer.concat(await all(input.source())).toString()]).toEqual([time, 'name\nx\n'])
  }
  const folder = join(input.progressFile, '..')
  expect(await modeOf(folder)).toBe('700')
  await input.close()
  inputs = []
  await expect(stat(folder)).rejects.toThrow('ENOENT')
})

test('progress is read as it was written; what is none is told apart from a file that is not there', async () => {
  const file = join(dir, 'p.json')
  expect(await readProgress(file)).toBeUndefined()
  const progress = progressOf({ database: 'd', rejectFile: 'r', rejectSha256: 's', pending: 'p' })
  await writeProgress(file, progress)
  expect(await readProgress(file)).toEqual(progress)
  await writeFile(file, '{"rows":')
  expect(await readProgress(file)).toBe('foreign')
})

test('x11: of a stream without an end no more is taken than shows that it is too large', async () => {
  const input = await open('/dev/zero')
  expect(input.size).toBeLessThan(1e6)
})
