import { IntegrationPolicy } from '@mensageria/contracts'
import { toSettings } from '@mensageria/core'
import { chooseDestination } from './config.ts'

const INTEGRATIONS_FILE = 'list.json'
const gaps = { minIntervalMs: 1, maxIntervalMs: 1 }
const rowOf = (name: string, row: unknown) => toSettings(name, IntegrationPolicy.parse(row), gaps)
const webhook = { kind: 'webhook', target: { url: 'https://portal.example/hooks' } }
const list = [rowOf('dmitri', {}), rowOf('portal', webhook), rowOf('lake', webhook)]

test('the row that DESTINATION names is chosen', () => {
  const { name, destination } = chooseDestination(list, { DESTINATION: 'portal', INTEGRATIONS_FILE })
  expect({ name, kind: destination.kind }).toEqual({ name: 'portal', kind: 'webhook' })
})

test.each([
  [
    list,
    'portl',
    'DESTINATION names "portl", which is no row of list.json: the rows with a kind are portal, lake (portal?)',
  ],
  [
    list.slice(0, 1),
    'reports',
    'DESTINATION names "reports", which is no row of list.json: no row there has a kind',
  ],
  [
    list,
    'dmitri',
    'DESTINATION names dmitri, which has no kind in list.json: it is an integration by code, with the process services/dmitri',
  ],
])('a name that is none is refused in one sentence (%#)', (rows, DESTINATION, sentence) => {
  expect(() => chooseDestination(rows, { DESTINATION, INTEGRATIONS_FILE })).toThrow(sentence)
})
