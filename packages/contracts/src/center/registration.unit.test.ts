import { Registration } from './registration.ts'
import { registration, sentRegistration } from '../samples.ts'

type Sent = Record<string, unknown>

const errorsOf = (changes: Sent, address: Sent = {}) => {
  const sent = { ...sentRegistration, ...changes, address: { ...sentRegistration.address, ...address } }
  return (Registration.safeParse(sent).error?.issues ?? []).map(
    ({ path, message }) => `/${path.join('/')} ${message}`,
  )
}
const passes = (changes: Sent, address: Sent = {}) => expect(errorsOf(changes, address)).toEqual([])
const fails = (changes: Sent, address: Sent, pointer: string) => {
  const errors = errorsOf(changes, address)
  expect(errors.length).toBeGreaterThan(0)
  expect(errors[0]?.startsWith(`${pointer} `)).toBe(true)
}

test('what people write is stored normalized, with the official spelling of the city', () => {
  expect(Registration.parse(sentRegistration)).toEqual(registration)
})

test.each(['11222333000181', '11.222.333/0001-81', '12ABC34501DE35', '12.abc.345/01de-35'])(
  'the CNPJ %s is valid',
  (taxId) => {
    passes({ taxId })
  },
)

test.each(['11222333000182', '11111111111111', '1122233300018', '12ABC34501DE36', '', 'x'.repeat(33)])(
  'the CNPJ "%s" is refused',
  (taxId) => fails({ taxId }, {}, '/taxId'),
)

test.each([
  ['a code that is no municipality', { cityCode: '9999999' }, '/address/cityCode'],
  ['a city of another name', { city: 'Campinas' }, '/address/city'],
  ['a code of another state', { state: 'RJ' }, '/address/state'],
  ['a state that is none', { state: 'XX' }, '/address/state'],
  ['a CEP of seven digits', { postalCode: '0778600' }, '/address/postalCode'],
])('%s is refused', (_what, address, pointer) => fails({}, address, pointer))

test('a mismatch says what the code means', () => {
  expect(errorsOf({}, { city: 'Campinas' })).toEqual(['/address/city The code 3509205 is Cajamar, SP'])
})

test.each([
  ['an unknown field', { extra: 1 }],
  ['a contact without any field', { contact: {} }],
  ['a location without longitude', { location: { latitude: 1 } }],
  ['a phone that is not E.164', { contact: { phone: '1133334444' } }],
  ['a code with a space', { code: 'CD 1' }],
  ['an empty name', { name: '   ' }],
  ['a control character', { name: 'CD\u0000' }],
  ['a lone surrogate', { name: 'CD \uD800' }],
  ['a name of 121 characters', { name: 'x'.repeat(121) }],
])('%s is refused', (_what, changes) => expect(errorsOf(changes)).not.toEqual([]))

test('lengths count code points, not UTF-16 units', () => passes({ name: '😀'.repeat(120) }))

test('an unknown field of the address is refused', () => expect(errorsOf({}, { floor: 1 })).not.toEqual([]))

test('text is NFC', () => {
  expect(Registration.parse({ ...sentRegistration, name: 'Sa\u0303o' }).name).toBe('S\u00E3o')
})
