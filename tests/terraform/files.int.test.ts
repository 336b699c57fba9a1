import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntegrationsFile } from '@mensageria/contracts'
import { needs } from '@mensageria/testkit/needs'
import { ROOT, runTerraform } from '../support/terraform.ts'

const dir = join(ROOT, 'terraform')
const read = (file: string) => readFileSync(join(dir, file), 'utf8')
const files = globSync('**/*.{tf,hcl,tfvars,md,yaml}', { cwd: dir }).filter(
  (file) => !file.includes('.terraform/'),
)
const declared = (text: string, kind: string) =>
  [...text.matchAll(new RegExp(`^${kind} "([^"]+)"`, 'gm'))].map(([, name = '']) => name)

needs('terraform').test('every file is formatted as terraform fmt does', async () => {
  const { code, output } = await runTerraform(dir, ['fmt', '-check', '-recursive', '-diff'], 30_000)
  expect({ code, output }).toEqual({ code: 0, output: '' })
})

test('versions.tf is the same in the root and in every module', () => {
  const modules = globSync('modules/*', { cwd: dir })
  expect(modules).toHaveLength(4)
  for (const module of modules) expect(read(join(module, 'versions.tf'))).toBe(read('versions.tf'))
})

test.each(files.filter((file) => file.endsWith('.tf')))('%s has less than 200 lines', (file) => {
  expect(read(file).split('\n').length).toBeLessThan(200)
})

test.each(files.filter((file) => /(variables.*|outputs)\.tf$/.test(file)))('%s is alphabetical', (file) => {
  const names = declared(read(file), file.endsWith('outputs.tf') ? 'output' : 'variable')
  expect(names).toEqual(names.toSorted())
})

test('modules/messaging has no IAM and no data source: it can be applied to the emulator alone', () => {
  const text = globSync('modules/messaging/*.tf', { cwd: dir }).map(read).join('\n')
  expect(
    declared(text, 'resource').every((type) => /^google_pubsub_(topic|subscription)$/.test(type ?? '')),
  ).toBe(true)
  expect(declared(text, 'data')).toEqual([])
})

// A grant goes with what it is on, and with the account that it is to. Its own names stay: no plan would show that it is missing.
test('defect 25: every grant is replaced with what it is on and to', () => {
  const text = files
    .filter((file) => file.endsWith('.tf'))
    .map(read)
    .join('\n')
  const grants = text.match(/^resource "google_\w+_iam_member"[^]*?^\}/gm) ?? []
  expect(grants.length).toBeGreaterThan(8)
  expect(grants.filter((grant) => !grant.includes('replace_triggered_by'))).toEqual([])
})

test('defect 10: streams of events leave the console more than half of what its one instance takes at once', () => {
  const [, concurrency] = /^ {2}concurrency += (\d+)$/m.exec(read('console.tf')) ?? []
  expect(read('console.tf')).toMatch(/^ {2}max_instances += 1$/m)
  const source = readFileSync(join(ROOT, 'services/console/src/watchers.ts'), 'utf8')
  const [, watchersMax] = /^export const WATCHERS_MAX = (\d+)$/m.exec(source) ?? []
  expect(Number(watchersMax)).toBeLessThan(Number(concurrency) / 2)
})

test('every alert has its page in docs/runbook, and every page its alert', () => {
  const names = ['monitoring-alerts.tf', 'modules/integration/alerts.tf']
    .flatMap((file) => [...read(file).matchAll(/^ {4}([a-z-]+) = \{$/gm)].map(([, name = '']) => name))
    .concat('sweeper-silent')
  const pages = globSync('*.md', { cwd: join(ROOT, 'docs/runbook') }).map((page) => page.replace('.md', ''))
  expect(pages.filter((page) => page !== 'README').toSorted()).toEqual(names.toSorted())
})

test('terraform/README.md names every variable and output of the root', () => {
  const text = ['variables.tf', 'variables-integrations.tf', 'outputs.tf'].map(read).join('\n')
  const names = [...declared(text, 'variable'), ...declared(text, 'output')]
  expect(names.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([])
})

test('the row that terraform/README.md shows fits the list', () => {
  const [, row = ''] = /```json\n([^`]+)```/.exec(read('README.md')) ?? []
  const { integrations } = IntegrationsFile.parse(JSON.parse(`{"integrations":{${row}}}`))
  expect(Object.keys(integrations)).toEqual(['billing'])
})

describe('alerts and metrics read what the code logs', () => {
  const monitoring = ['monitoring-alerts.tf', 'monitoring-metrics.tf', 'modules/integration/alerts.tf']
    .map(read)
    .join('\n')
  const sources = globSync('{packages,services}/*/src/**/*.ts', { cwd: ROOT })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')
  // Both spellings of a quote: in a filter it stands escaped.
  const lines = [...monitoring.matchAll(/\\?"([a-z]+\.[a-z]+)\\?"/g)].map(([, line = '']) => line)

  test('there are such lines', () => {
    expect(lines).toEqual(
      expect.arrayContaining(['delivery.attempted', 'integration.down', 'message.unreadable']),
    )
  })

  test.each([...new Set(lines)])('%s', (line) => {
    expect(sources).toContain(`'${line}'`)
  })

  test.each(['misconfigured', 'rejected', 'delivered'])('outcome %s', (outcome) => {
    expect(sources).toContain(`case '${outcome}':`)
  })

  test.each(['integration', 'outcome', 'cause', 'durationMs'])('field %s', (field) => {
    const line = readFileSync(join(ROOT, 'packages/runtime/src/logging/log-attempt.ts'), 'utf8')
    expect(line).toMatch(new RegExp(`\\b${field}:`))
  })
})
