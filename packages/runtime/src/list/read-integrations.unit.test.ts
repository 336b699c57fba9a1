import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readIntegrations } from './read-integrations.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mensageria-list-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const read = async (text: string) => {
  const path = join(folder, 'list.json')
  await writeFile(path, text)
  return () => readIntegrations(path)
}

describe('defect 6: the list of integrations', () => {
  test.each([
    ['an empty file', '', /list\.json is empty: INTEGRATIONS_FILE/],
    ['no JSON', 'integrations = {}', /list\.json is no JSON \(.+\): INTEGRATIONS_FILE/],
    ['no list', '[]', /no object "integrations"/],
    ['an empty list', '{"integrations":{}}', /has no integration: nothing would be delivered/],
    ['a bad name', '{"integrations":{"MaaS":{}}}', /"MaaS" is no name: lower-case letters/],
    ['a row that is no object', '{"integrations":{"maas":3}}', /row "maas" is no object/],
    [
      'a misspelt field',
      '{"integrations":{"maas":{"max_backof_seconds":1}}}',
      /row "maas": max_backof_seconds is no field of a row: max_backoff_seconds is meant\?/,
    ],
    [
      'two bad values',
      '{"integrations":{"maas":{"max_concurrency":0},"dmitri":{"since":"soon"}}}',
      /row "maas": max_concurrency: .*; row "dmitri": since: /,
    ],
    ['a row twice', '{"integrations":{"erp":{},"maas":{},"erp":{}}}', /row "erp" is there twice/],
    [
      'a field twice',
      '{"integrations":{"erp":{"max_concurrency":1,"max_concurrency":2}}}',
      /row "erp": max_concurrency is there twice/,
    ],
    ['the list twice', '{"integrations":{"erp":{}},"integrations":{}}', /"integrations" is there twice/],
    [
      'a row that JavaScript swallows',
      '{"integrations":{"erp":{},"__proto__":{}}}',
      /"__proto__" is no name/,
    ],
    [
      'another list beside it',
      '{"integrations":{"erp":{}},"destinations":{}}',
      /"destinations" beside "integ/,
    ],
    [
      'a since that no center reaches',
      '{"integrations":{"erp":{"since":"9999-12-01T00:00:00Z"}}}',
      /row "erp": since: 9999-12-01T00:00:00Z is more than a year ahead/,
    ],
  ])('%s is told in words, with its row', async (_what, text, expected) => {
    expect(await read(text)).toThrow(expected)
  })

  test('a file that is not there, and a folder, are told apart', () => {
    expect(() => readIntegrations(join(folder, 'none.json'))).toThrow(/There is no file .*none\.json/)
    expect(() => readIntegrations(folder)).toThrow(/A folder, and no file, is/)
    expect(() => readIntegrations('/dev/zero')).toThrow(/A device or a pipe, and no file, is \/dev\/zero/)
  })

  test('a byte order mark, as Windows editors write it, is no fault', async () => {
    expect((await read('\uFEFF{"integrations":{"maas":{}}}'))()).toHaveLength(1)
  })
})
