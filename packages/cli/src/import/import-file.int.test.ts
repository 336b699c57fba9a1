import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT } from '../exit-codes.ts'
import { runHere, serve } from '../testing/run.ts'

const [ONE, OTHER] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']

const PROBLEM = 'application/problem+json'

let dir: string
let service: Awaited<ReturnType<typeof serve>>
let database: string
let last: string
let sent: Record<string, unknown>[]
let onPost: (body: Record<string, unknown>) => Promise<void> | void

// A service that takes every center but those that are called "bad".
const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const answer = (status: number, body: object, type = 'application/json') =>
    void response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
  if (request.url === '/v1/identity') return answer(200, { database })
  if (request.method === 'GET') {
    const type = 'urn:mensageria:problem:not-found'
    if (request.url?.endsWith(`/${last}`)) return answer(200, { id: last })
    return answer(404, { type, title: 'x', status: 404 }, PROBLEM)
  }
  const body = Object(await json(request))
  await onPost(body)
  sent.push(body)
  if (body.name !== 'bad') return answer(201, { id: last, version: 1 })
  const errors = [{ pointer: '/taxId', detail: 'Is required' }]
  const problem = { type: 'urn:mensageria:problem:invalid-request', title: 'x', status: 400, errors }
  answer(400, problem, PROBLEM)
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-cli-'))
  ;[database, last, sent, onPost] = [ONE, 'newest', [], () => undefined]
  service = await serve((request, response) => void answerTo(request, response))
})
afterEach(async () => {
  await service[Symbol.asyncDispose]()
  await rm(dir, { recursive: true })
})

const HEAD = 'name;CNPJ;street;number;district;city;cityCode;state;postalCode'
const rowOf = (name: string) => `${name};1;2;3;4;5;6;7;8`
const fileOf = (...names: string[]) => `${[HEAD, ...names.map(rowOf)].join('\r\n')}\r\n`

const put = async (name: string, text: string): Promise<string> => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}
const run = (...args: string[]) => runHere(['import', ...args, '--url', service.url])

test('c14, defect 7: an import whose rejects are its own file sends nothing, and leaves the file as it was', async () => {
  const text = fileOf('a', 'bad', 'b')
  const file = await put('a.csv', text)
  for (const rejects of [file, `${dir}/./a.csv`, `${file}.progress.json`]) {
    expect(await run(file, '--rejects', rejects)).toMatchObject({ code: EXIT.usage })
  }
  const mine = await put('mine.csv', 'of a person')
  expect(await run(file, '--rejects', mine)).toMatchObject({
    code: EXIT.usage,
    err: expect.stringContaining('mine.csv is there already and is not overwritten'),
  })
  expect(await readFile(file, 'utf8')).toBe(text)
  expect(await readFile(mine, 'utf8')).toBe('of a person')
  expect(await readdir(dir)).toEqual(['a.csv', 'mine.csv'])
  expect(sent).toEqual([])
})

test('c14: what lies where progress is kept and is none of ours is not overwritten, not with --restart either', async () => {
  const file = await put('a.csv', fileOf('a'))
  await put('a.csv.progress.json', '{"of":"a person"}')
  for (const more of [[], ['--restart']]) {
    expect(await run(file, ...more)).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('move it away'),
    })
  }
  expect(await readFile(`${file}.progress.json`, 'utf8')).toBe('{"of":"a person"}')
})

test('c15: rejects name the column as the file does, and can be corrected and imported; what a person changed stays', async () => {
  const file = await put('a.csv', fileOf('a', 'bad'))
  expect(await run(file)).toMatchObject({ code: EXIT.rejected, out: expect.stringContaining('1 registered') })
  const rejects = join(dir, 'a.rejects.csv')
  const text = `\u{feff}rejectedLine;rejectedReason;${HEAD}\n3;CNPJ: Is required;${rowOf('bad')}\n`
  expect(await readFile(rejects, 'utf8')).toBe(text)
  const corrected = text.replace('bad', 'São João')
  await writeFile(rejects, corrected)
  expect(await run(rejects)).toMatchObject({
    code: EXIT.ok,
    out: '1 registered, 0 already there, 0 rejected.',
  })
  expect(sent.at(-1)).toMatchObject({ name: 'São João', taxId: '1' })
  expect(await run(file, '--restart')).toMatchObject({
    code: EXIT.usage,
    err: expect.stringContaining('was changed'),
  })
  expect(await readFile(rejects, 'utf8')).toBe(corrected)
  expect(sent).toHaveLength(3)
})

test('c33: progress holds for one database: another one gets every row, and the command says so', async () => {
  const file = await put('a.csv', fileOf('a', 'bad', 'b'))
  await run(file)
  expect(await run(file)).toMatchObject({
    code: EXIT.rejected,
    err: expect.stringMatching(/^This file was imported .+: nothing was sent\. To send it again: --restart$/),
  })
  expect(sent).toHaveLength(3)
  database = OTHER
  expect(await run(file)).toMatchObject({
    err: expect.stringContaining('does not have the rows of an earlier import'),
    out: expect.stringContaining('2 registered, 0 already there, 1 rejected.'),
  })
  expect(sent).toHaveLength(6)
  expect(await readFile(join(dir, 'a.rejects.csv'), 'utf8')).toMatch(/bad.*\n$/)
  expect(JSON.parse(await readFile(`${file}.progress.json`, 'utf8'))).toMatchObject({
    database: OTHER,
    rows: 3,
  })
})

test('c33: an older backup of the same database gets every row again', async () => {
  const file = await put('a.csv', fileOf('a', 'b'))
  await run(file)
  last = 'older'
  expect(await run(file)).toMatchObject({ code: EXIT.ok, err: expect.stringContaining('an older backup') })
  expect(sent).toHaveLength(4)
})

test('row 51: a file that cannot be read to its end is refused before the first row', async () => {
  const file = await put('a.csv', `${fileOf(...Array(600).fill('a'))}${rowOf('S\u{fffd}o')}\r\n`)
  expect(await run(file)).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('Line 602: ') })
  expect(sent).toEqual([])
  expect(await readdir(dir)).toEqual(['a.csv'])
})

test('row 51: a file that changes while it is imported ends the import, and the rows that were not sent stay so', async () => {
  const file = await put('a.csv', fileOf(...Array(600).fill('a')))
  onPost = async () => {
    if (sent.length === 10) await appendFile(file, rowOf('later'))
  }
  expect(await run(file)).toMatchObject({
    code: EXIT.usage,
    err: expect.stringContaining('stopped after row 256'),
  })
  expect(sent).toHaveLength(256)
  expect(await run(file)).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('--restart') })
})

test('without a terminal nothing is drawn', async () => {
  const { err } = await run(await put('a.csv', fileOf('a', 'b')))
  expect(err).toBe('')
})

test('a row that is wrong by itself is rejected with the words of the language; the others are sent', async () => {
  const file = await put('a.csv', `${fileOf('a')}${rowOf('b')};x\r\n`)
  expect(await run(file)).toMatchObject({ code: EXIT.rejected })
  expect(await readFile(join(dir, 'a.rejects.csv'), 'utf8')).toContain(
    '3;has 10 fields where the head has 9;b;1',
  )
})

test('c14: of two imports of one file at once one goes on to the end, and the other says so and leaves its files alone', async () => {
  const file = await put('a.csv', fileOf('bad', ...Array(300).fill('a'), 'bad'))
  let other: ReturnType<typeof run> | undefined
  onPost = async () => {
    if (other !== undefined) return
    other = run(file)
    await other
  }
  expect(await run(file)).toMatchObject({
    code: EXIT.usage,
    err: `Another import of ${file} is running: wait for its end`,
  })
  expect(await other).toMatchObject({ code: EXIT.rejected, out: expect.stringContaining('2 rejected') })
  const head = `\u{feff}rejectedLine;rejectedReason;${HEAD}\n`
  const [early, late] = [2, 303].map((line) => `${line};CNPJ: Is required;${rowOf('bad')}\n`)
  expect(await readFile(join(dir, 'a.rejects.csv'), 'utf8')).toBe(`${head}${early}${late}`)
  expect(JSON.parse(await readFile(`${file}.progress.json`, 'utf8'))).toMatchObject({
    rows: 302,
    doneAt: expect.any(String),
  })
})
