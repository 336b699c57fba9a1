import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addRow } from './add-row.ts'

const ROOT = join(import.meta.dirname, '../..')
const LIST = readFileSync(join(ROOT, 'terraform/integrations.auto.tfvars.json'), 'utf8')

const LONG = 'https://portal.example/hooks/centers/with/a/path/that/is/longer/than/one/line/has/room/for/it'
const ROWS = {
  plain: {},
  since: { since: '2026-12-01T00:00:00Z' },
  target: { kind: 'webhook', target: { url: 'https://portal.example/hooks', rejected_by: [404, 422] } },
  long: { kind: 'webhook', target: { url: LONG }, since: '2026-12-01T00:00:00Z' },
  brokers: {
    kind: 'kafka',
    target: {
      brokers: Array.from({ length: 8 }, (_, n) => `broker-${n}.kafka.example:9092`),
      topic: 'centers',
    },
  },
}

test('rows are added at the end, the others stay as they are, and the formatter has nothing to change', () => {
  let text = LIST
  for (const [name, row] of Object.entries(ROWS)) text = addRow(text, name, row)
  const before = JSON.parse(LIST)
  expect(JSON.parse(text)).toEqual({ integrations: { ...before.integrations, ...ROWS } })
  expect(text.startsWith(LIST.replace(/\s*\}\s*\}\s*$/, ''))).toBe(true)
  const oxfmt = join(ROOT, 'node_modules/.bin/oxfmt')
  const { stdout } = spawnSync(oxfmt, ['--stdin-filepath=list.json'], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
  })
  expect(stdout).toBe(text)
})

test('the first row of an empty list needs no comma', () => {
  expect(addRow('{"integrations":{}}', 'erp', {})).toBe('{"integrations":{\n    "erp": {}\n  }\n}\n')
})

test('a list that Windows has written keeps its ends of lines', () => {
  const windows = (text: string) => text.replaceAll('\n', '\r\n')
  expect(addRow(windows(LIST), 'erp', ROWS.since)).toBe(windows(addRow(LIST, 'erp', ROWS.since)))
})

test('what does not end as a list is left alone', () => {
  expect(() => addRow('{}', 'erp', {})).toThrow('does not end with its rows')
})
