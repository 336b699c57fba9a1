import { checkField } from './check-field.ts'
import { EMPTY_DRAFT, invalidFields, toRegistration, type Draft, type TextName } from './draft.ts'

const CAJAMAR = { code: '3509205', name: 'Cajamar', state: 'SP', key: 'cajamar' }
const DRAFT: Draft = {
  ...EMPTY_DRAFT,
  name: 'CD Cajamar',
  taxId: '11.222.333/0001-81',
  postalCode: '07786-000',
  street: 'Rodovia Anhanguera',
  number: 'km 38',
  district: 'Jordanésia',
  city: CAJAMAR,
}

const check = (name: TextName, parts: Partial<Draft>, wasSent = false) => {
  const draft = { ...DRAFT, ...parts }
  return checkField(name, draft, invalidFields(draft), wasSent)
}

test('a whole form is what the API takes, without the fields that are empty', () => {
  expect(invalidFields(DRAFT)).toEqual(new Set())
  expect(toRegistration(DRAFT)).toEqual({
    name: 'CD Cajamar',
    taxId: '11.222.333/0001-81',
    address: {
      street: 'Rodovia Anhanguera',
      number: 'km 38',
      district: 'Jordanésia',
      city: 'Cajamar',
      cityCode: '3509205',
      state: 'SP',
      postalCode: '07786-000',
    },
  })
})

test('a telephone is sent as the API takes it', () => {
  expect(toRegistration({ ...DRAFT, phone: '+55 (11) 3333-4444' })).toMatchObject({
    contact: { phone: '+551133334444' },
  })
})

test('a CNPJ that is being typed is incomplete, then right or wrong', () => {
  expect(check('taxId', { taxId: '11.222.333' })).toEqual({ kind: 'hint', key: 'shortTaxId', count: 6 })
  expect(check('taxId', { taxId: '11.222.333/0001-82' })).toEqual({ kind: 'error', key: 'badTaxId' })
  expect(check('taxId', {})).toEqual({ kind: 'valid' })
  expect(check('taxId', { taxId: '12.ABC.345/01DE-35' })).toEqual({ kind: 'valid' })
})

test('a CEP of another region than the city is worth a look, and no mistake', () => {
  expect(check('postalCode', { postalCode: '0778' })).toEqual({ kind: 'error', key: 'badPostalCode' })
  expect(check('postalCode', { postalCode: '90010-000' })).toEqual({ kind: 'warning', key: 'otherRegion' })
  expect(check('postalCode', { postalCode: '90010-000', city: undefined })).toEqual({ kind: 'valid' })
})

test('an empty field is wrong only once somebody has tried to send it, and never where it is optional', () => {
  expect(check('name', { name: ' ' })).toEqual({ kind: 'none' })
  expect(check('name', { name: ' ' }, true)).toEqual({ kind: 'error', key: 'required' })
  expect(check('code', { code: '' }, true)).toEqual({ kind: 'none' })
})

test.each([
  ['email', 'ana@', 'badEmail'],
  ['phone', '3333-4444', 'badPhone'],
  ['code', 'CD São Paulo', 'badCode'],
] as const)('a bad %s is said at once', (name, value, key) => {
  expect(check(name, { [name]: value })).toEqual({ kind: 'error', key })
})

test('a form without a city is invalid for its city', () => {
  expect(invalidFields({ ...DRAFT, city: undefined })).toEqual(new Set(['city']))
})
