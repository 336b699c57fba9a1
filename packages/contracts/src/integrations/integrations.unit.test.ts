import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntegrationPolicy, IntegrationsFile } from './integrations.ts'

const accepts = (policy: Record<string, unknown>) => IntegrationPolicy.safeParse(policy).success

test('the file that Terraform reads fits', () => {
  const path = join(import.meta.dirname, '../../../../terraform/integrations.auto.tfvars.json')
  const file = IntegrationsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  expect(Object.keys(file.integrations)).toEqual(expect.arrayContaining(['senninha', 'maas', 'dmitri']))
})

test.each([
  ['min_backoff_seconds', 0, 600],
  ['max_backoff_seconds', 10, 600],
  ['max_delivery_attempts', 5, 100],
  ['max_concurrency', 1, 1000],
  ['recovery_window_max', 1, 1000],
  ['token_version', 1, 1_000_000],
])('%s goes from %d to %d', (field, min, max) => {
  expect(accepts({ [field]: min })).toBe(true)
  expect(accepts({ [field]: max })).toBe(true)
  expect(accepts({ [field]: max + 1 })).toBe(false)
})

test.each([
  { min_backoff_seconds: -1 },
  { max_delivery_attempts: 4 },
  { max_delivery_attempts: 5.5 },
  { max_concurrency: 0 },
  { max_rate_per_second: 0 },
  { max_rate_per_second: 10_001 },
  { recovery_rate_per_second: 0 },
  { recovery_rate_per_second: 10_001 },
  { recovery_window_max: 0 },
  { since: 'yesterday' },
  { since: '2026-11-01' },
  { min_backoff_seconds: '10' },
  { token_version: 0 },
  { token_version: 'latest' },
  { url: 'http://example.com' },
  { url: 'https://user@example.com' },
  { url: 'https://example.com/?key=1' },
])('%j is refused', (policy) => {
  expect(accepts(policy)).toBe(false)
})

test.each(['https://example.com', 'https://example.com/api'])('%s is an address', (url) => {
  expect(accepts({ url })).toBe(true)
})

test('a smallest backoff above the largest is refused, naming the field', () => {
  const { error } = IntegrationPolicy.safeParse({ min_backoff_seconds: 20, max_backoff_seconds: 10 })
  expect(error?.issues).toMatchObject([
    { path: ['min_backoff_seconds'], message: 'min_backoff_seconds must not be above max_backoff_seconds' },
  ])
})

test.each(['senninha', 'a', 'billing-2', 'a'.repeat(31)])('%s is a name', (name) => {
  expect(IntegrationsFile.safeParse({ integrations: { [name]: {} } }).success).toBe(true)
})

// A name is a subscription, a service, a path segment and half of a row's id: `~` and `/` must not be in it.
test.each(['', 'Senninha', '2a', 'a_b', 'a~b', 'a/b', 'a b', 'a'.repeat(32)])('%j is no name', (name) => {
  expect(IntegrationsFile.safeParse({ integrations: { [name]: {} } }).success).toBe(false)
})

test('a key that is not known is refused and named: a typo must not silently give the default', () => {
  const { error } = IntegrationsFile.safeParse({
    integrations: { dmitri: { max_backof_seconds: 60 } },
  })
  expect(error?.issues).toMatchObject([
    { path: ['integrations', 'dmitri'], message: expect.stringContaining('"max_backof_seconds"') },
  ])
})
