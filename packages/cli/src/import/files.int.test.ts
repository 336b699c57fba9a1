import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EN } from '../language/texts-en.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readProgress, writeProgress } from './progress-file.ts'
import { readCsv } from './read-csv.ts'
import { readNdjson } from './read-ndjson.ts'
import { openRejectFile } from './reject-file.ts'
import type { Row, RowReader } from './row.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mensageria-cli-'))
})
afterEach(() => rm(dir, { recursive: true }))

const put = async (name: string, text: string | Buffer): Promise<string> => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}
const rowsOf = async ({ rows }: RowReader): Promise<Row[]> => {
  const found: Row[] = []
  for await (const row of rows) found.push(row)
  return found
}
const HEAD = 'name,taxId,street,number,district,city,cityCode,state,postalCode'

test('CSV as spreadsheets write it: with a byte order mark, semicolons, quotes over lines, and empty lines', async () => {
  const semicolons = HEAD.replaceAll(',', ';')
  const text = `\u{feff}${semicolons}\r\n"a;\nb";2;3;4;5;6;7;8;9\r\n\r\n"say ""x""";2;3;4;5;6;7;8;9`
  const reader = await readCsv(await put('a.csv', text), EN.import)
  expect(reader.head?.[0]).toBe('name')
  const rows = await rowsOf(reader)
  expect(rows).toMatchObject([
    { number: 1, line: 2, content: { registration: { name: 'a;\nb' } } },
    { number: 2, content: { registration: { name: 'say "x"', address: { postalCode: '9' } } } },
  ])
  expect(reader.bytesRead()).toBe(Buffer.byteLength(text))
})

test.each([
  ['', 'The file has no rows'],
  ['cnpj\n1\n', 'Unknown columns: cnpj'],
  ['name\n1\n', 'Missing columns: taxId'],
])('a CSV file that begins with %j is invalid', async (text, sentence) => {
  await expect(readCsv(await put('a.csv', text), EN.import)).rejects.toThrow(sentence)
})

test('a quote that never ends stops the import, and says where it began', async () => {
  const reader = await readCsv(await put('a.csv', `${HEAD}\n1,2,3,4,5,6,7,8,9\n"x,2\n`), EN.import)
  await expect(rowsOf(reader)).rejects.toThrow(/^3: is not CSV: /)
})

test('NDJSON: one object a line, also with U+2028 in it; what is none is a fault of its line alone', async () => {
  const lines = ['{"name":"a\u{2028}b"}', '', '[1]', '{"x":', `{"name":"${'x'.repeat(70_000)}"}`, '{"y":1}']
  const rows = await rowsOf(readNdjson(await put('a.ndjson', lines.join('\n')), EN.import))
  expect(rows.map(({ number, line, content }) => [number, line, Object.keys(content)[0]])).toEqual([
    [1, 1, 'registration'],
    [2, 3, 'fault'],
    [3, 4, 'fault'],
    [4, 5, 'fault'],
    [5, 6, 'registration'],
  ])
  expect(rows[0]?.content).toEqual({ registration: { name: 'a\u{2028}b' } })
})

test('a reject file has the rows with line and reason, and is itself a file to import', async () => {
  const reader = await readCsv(await put('a.csv', `${HEAD}\n"x ""y""",2,3,4,5,6,7,8,9\n1,2\n`), EN.import)
  const rows = await rowsOf(reader)
  const file = join(dir, 'a.rejects.csv')
  const rejects = await openRejectFile(file, reader, 0)
  await rejects.append(rows.map((row) => ({ row, reason: 'no, "never"' })))
  await rejects.close()
  expect(await readFile(file, 'utf8')).toBe(
    `rejectedLine,rejectedReason,${HEAD}\n2,"no, ""never""","x ""y""",2,3,4,5,6,7,8,9\n3,"no, ""never""",1,2\n`,
  )
  const again = await rowsOf(await readCsv(file, EN.import))
  expect(again[0]?.content).toEqual(rows[0]?.content)
})

test('a rejected line of NDJSON keeps its fields, or its text where it has none', async () => {
  const reader = readNdjson(await put('a.ndjson', '{"name":"x"}\nnope\n'), EN.import)
  const rejects = await openRejectFile(join(dir, 'r.ndjson'), reader, 0)
  for (const row of await rowsOf(reader)) await rejects.append([{ row, reason: 'why' }])
  await rejects.close()
  expect(await readFile(join(dir, 'r.ndjson'), 'utf8')).toBe(
    '{"rejectedLine":1,"rejectedReason":"why","name":"x"}\n{"rejectedLine":2,"rejectedReason":"why","text":"nope"}\n',
  )
})

test('what a killed run wrote beyond its progress is cut off', async () => {
  const reader = await readCsv(await put('a.csv', `${HEAD}\n1\n`), EN.import)
  const [row] = await rowsOf(reader)
  if (!row) throw new Error('No row')
  const file = join(dir, 'r.csv')
  const first = await openRejectFile(file, reader, 0)
  const bytes = await first.append([{ row, reason: 'one' }])
  await first.close()
  await appendFile(file, '9,half a li')
  const second = await openRejectFile(file, reader, bytes)
  await second.append([{ row, reason: 'two' }])
  await second.close()
  expect(await readFile(file, 'utf8')).toBe(`rejectedLine,rejectedReason,${HEAD}\n2,one,1\n2,two,1\n`)
})

test('progress is read as it was written; a file that is none is told apart from one that is not there', async () => {
  const file = join(dir, 'p.json')
  expect(await readProgress(file)).toBeUndefined()
  const counts = { rows: 3, registered: 1, alreadyThere: 1, rejected: 1, rejectBytes: 9 }
  const progress = { sha256: 'x', url: 'u', run: crypto.randomUUID(), ...counts }
  await writeProgress(file, progress)
  expect(await readProgress(file)).toEqual(progress)
  await writeFile(file, '{"rows":')
  expect(await readProgress(file)).toBe('broken')
})

test('a fingerprint tells files apart, and text in another encoding', async () => {
  const first = await fingerprintOf(await put('a', 'São Paulo'))
  const second = await fingerprintOf(await put('b', Buffer.from('São Paulo', 'latin1')))
  expect([first.utf8, first.bytes, second.utf8]).toEqual([true, 10, false])
  expect(first.sha256).not.toBe(second.sha256)
})
