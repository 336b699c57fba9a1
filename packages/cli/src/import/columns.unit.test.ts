import { EN } from '../language/texts-en.ts'
import { headFault, toRegistration } from './columns.ts'

const HEAD = ['name', 'taxId', 'street', 'number', 'district', 'city', 'cityCode', 'state', 'postalCode']
const FIELDS = ['CD', '11222333000181', 'Rua', '1', 'Centro', 'Cajamar', '3509205', 'SP', '07786-000']

test('fields become a registration; empty ones are left out, and groups with nothing in them too', () => {
  const head = [...HEAD, 'code', 'complement', 'latitude', 'longitude', 'contactName', 'contactEmail']
  const fields = [...FIELDS, ' ', '', '-23.355', '-46,876', '', '']
  expect(toRegistration(head, fields, EN.import)).toEqual({
    registration: {
      name: 'CD',
      taxId: '11222333000181',
      address: {
        street: 'Rua',
        number: '1',
        district: 'Centro',
        city: 'Cajamar',
        cityCode: '3509205',
        state: 'SP',
        postalCode: '07786-000',
      },
      location: { latitude: -23.355, longitude: -46.876 },
    },
  })
})

test('a row with fields too few or too many, or a number that is none, is a fault', () => {
  expect(toRegistration(HEAD, FIELDS.slice(1), EN.import)).toEqual({
    fault: 'has 8 fields where the head has 9',
  })
  expect(toRegistration(HEAD, [...FIELDS, 'x'], EN.import)).toHaveProperty('fault')
  expect(toRegistration([...HEAD, 'latitude'], [...FIELDS, '1.2.3'], EN.import)).toEqual({
    fault: 'latitude is not a number',
  })
})

test('the head names known columns, all that are needed, each once; those of a reject file are passed over', () => {
  expect(headFault(HEAD, EN.import)).toBeUndefined()
  expect(headFault(['rejectedLine', 'rejectedReason', ...HEAD], EN.import)).toBeUndefined()
  expect(headFault([...HEAD, 'cnpj'], EN.import)).toMatch(/^Unknown columns: cnpj\. Known: name, code, taxId/)
  expect(headFault(HEAD.slice(2), EN.import)).toBe('Missing columns: name, taxId')
  expect(headFault([...HEAD, 'name'], EN.import)).toBe('The column name is there twice')
})
