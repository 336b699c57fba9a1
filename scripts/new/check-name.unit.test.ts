import { faultOfName } from './check-name.ts'

const taken = { rows: ['maas', 'lake-push'], folders: ['maas', 'old'] }

test.each(['erp', 'b2b', 'wms-2', 'a'.repeat(25)])('%s is a name', (name) => {
  expect(faultOfName(name, taken)).toBeUndefined()
})

test.each([
  ['', 'is no name'],
  ['a', 'is no name'],
  ['bi', 'is no name: 3 to 25'],
  ['google-chat', 'begins with goog'],
  ['ERP', 'is no name'],
  ['2b', 'is no name'],
  ['erp-', 'is no name'],
  ['er--p', 'is no name'],
  ['erp_2', 'is no name'],
  ['../erp', 'is no name'],
  ['erp\n', 'is no name'],
  ['__proto__', 'is no name'],
  ['a'.repeat(26), 'is no name'],
  ['console', 'is a service of this project'],
  ['destination', 'is a service of this project'],
  ['api', 'API_AUTH is a variable of Mensageria itself'],
  ['mensageria', 'MENSAGERIA_URL is a variable of Mensageria itself'],
  ['maas', 'has a row in the list already'],
  ['old', 'services/old is there already'],
  ['maas-push', 'MAAS_PUSH_URL would be a variable of maas and of maas-push'],
  ['lake', 'LAKE_PUSH_URL would be a variable of lake-push and of lake'],
])('%j is refused', (name, words) => {
  expect(faultOfName(name, taken)).toContain(words)
})
