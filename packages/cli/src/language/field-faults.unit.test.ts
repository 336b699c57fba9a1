import { Registration } from '@mensageria/contracts'
import { toPortuguese } from './field-faults.ts'

const ADDRESS = {
  street: 'Rodovia Anhanguera',
  number: 'km 38',
  district: 'Jordanésia',
  city: 'Cajamar',
  cityCode: '3509205',
  state: 'SP',
  postalCode: '07786000',
}
const VALID = { name: 'CD Cajamar', taxId: '11222333000181', address: ADDRESS }

const LONG = 'x'.repeat(300)
const WRONG: readonly unknown[] = [
  '',
  ' ',
  LONG,
  'a\u{7}b',
  'S\u{FFFD}o',
  'x',
  'x y',
  7,
  -999,
  999,
  true,
  null,
  [],
  {},
  { x: 1 },
]

// Every field of a registration with everything that is wrong in it.
const invalid = (): unknown[] => {
  const fields = ['name', 'code', 'taxId', 'address', 'location', 'contact']
  const contact = { name: 'Ana', email: 'ana@example.com', phone: '+551133334444' }
  const location = { latitude: -23, longitude: -46 }
  return [
    ...WRONG.flatMap((value) => [
      value,
      ...fields.map((field) => ({ ...VALID, [field]: value })),
      ...[...Object.keys(ADDRESS), 'complement'].map((field) => ({
        ...VALID,
        address: { ...ADDRESS, [field]: value },
      })),
      ...Object.keys(contact).map((field) => ({ ...VALID, contact: { ...contact, [field]: value } })),
      ...Object.keys(location).map((field) => ({ ...VALID, location: { ...location, [field]: value } })),
    ]),
    { ...VALID, address: { ...ADDRESS, city: 'Betim' } },
    { ...VALID, address: { ...ADDRESS, state: 'RJ' } },
  ]
}

test('everything that can be invalid in a registration has words in Portuguese', () => {
  const details = invalid().flatMap((value) => {
    const { error } = Registration.safeParse(value)
    // What is unknown and what is missing the service says in words of its own.
    return (error?.issues ?? []).flatMap(({ code, message }) =>
      code === 'unrecognized_keys' ? [] : [message],
    )
  })
  const different = new Set([...details, 'Is required', 'This field is not known'])
  expect(different.size).toBeGreaterThan(20)
  expect([...different].filter((detail) => toPortuguese(detail) === detail)).toEqual([])
})

test('values are kept, and what nobody has words for stays as it is', () => {
  expect(toPortuguese('The code 3509205 is Cajamar, SP, not in RJ')).toBe(
    'o código 3509205 é Cajamar, SP, e não fica em RJ',
  )
  expect(toPortuguese('Must have 1 to 120 characters')).toBe('deve ter de 1 a 120 caracteres')
  expect(toPortuguese('Something new')).toBe('Something new')
})
