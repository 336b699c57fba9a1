import type { Problem } from '@mensageria/contracts'
import { sample } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

const withAddress = (changes: object) => ({ ...sample(), address: { ...sample().address, ...changes } })
const { address: _, ...withoutAddress } = sample()

const INVALID: [what: string, body: object, pointer: string][] = [
  ['an empty name', { ...sample(), name: '   ' }, '/name'],
  ['a name of 121 characters', { ...sample(), name: 'x'.repeat(121) }, '/name'],
  ['a control character', { ...sample(), name: 'a\u0000b' }, '/name'],
  ['a lone surrogate', { ...sample(), name: 'a\ud800b' }, '/name'],
  ['a name that is no text', { ...sample(), name: 7 }, '/name'],
  ['a null', { ...sample(), name: null }, '/name'],
  ['a code with a space', { ...sample(), code: 'CD 1' }, '/code'],
  ['a code of 33 characters', { ...sample(), code: 'x'.repeat(33) }, '/code'],
  ['a CNPJ with wrong check digits', { ...sample(), taxId: '11222333000182' }, '/taxId'],
  ['a CNPJ of equal digits', { ...sample(), taxId: '00000000000000' }, '/taxId'],
  ['an alphanumeric CNPJ with wrong check digits', { ...sample(), taxId: '12ABC34501DE36' }, '/taxId'],
  ['no address', withoutAddress, '/address'],
  ['a state that is none', withAddress({ state: 'XX' }), '/address/state'],
  ['a city code that is none', withAddress({ cityCode: '9999999' }), '/address/cityCode'],
  ['a postal code of 7 digits', withAddress({ postalCode: '0778600' }), '/address/postalCode'],
  ['an unknown field', { ...sample(), color: 'blue' }, '/color'],
  ['an unknown field inside', withAddress({ country: 'BR' }), '/address/country'],
  ['a field whose name needs escaping', { ...sample(), 'a/b~c': 1 }, '/a~1b~0c'],
  ['a location without longitude', { ...sample(), location: { latitude: 1 } }, '/location/longitude'],
  ['a latitude of 91', { ...sample(), location: { latitude: 91, longitude: 0 } }, '/location/latitude'],
  ['an empty contact', { ...sample(), contact: {} }, '/contact'],
  ['an address of mail that is none', { ...sample(), contact: { email: 'ana' } }, '/contact/email'],
  ['a phone without its plus', { ...sample(), contact: { phone: '551133334444' } }, '/contact/phone'],
]

describe('POST /v1/distribution-centers: 400', () => {
  test.each(INVALID)('%s is refused, and named', async (_what, body, pointer) => {
    await using registration = await startRegistration()
    const answer = await registration.post(body)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const problem = answer.json<Problem>()
    expect(problem).toMatchObject({ type: 'urn:mensageria:problem:invalid-request', status: 400 })
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer)
    expect(registration.published).toEqual([])
  })

  test('every invalid field is named at once', async () => {
    await using registration = await startRegistration()
    const answer = await registration.post({ ...withAddress({ state: 'XX', postalCode: '1' }), taxId: '1' })
    const pointers = answer.json<Problem>().errors?.map((error) => error.pointer)
    expect(pointers).toEqual(expect.arrayContaining(['/taxId', '/address/state', '/address/postalCode']))
  })

  test.each([
    ['another state', { state: 'RJ' }, '/address/state'],
    ['another city', { city: 'Campinas' }, '/address/city'],
  ])('where the code names %s, the detail says what the code means', async (_what, changes, pointer) => {
    await using registration = await startRegistration()
    const answer = await registration.post(withAddress(changes))
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      errors: [{ pointer, detail: expect.stringContaining('3509205 is Cajamar, SP') }],
    })
  })

  test.each([
    ['broken JSON', '{"name":'],
    ['an empty body', ''],
    ['an array', '[]'],
    ['a null', 'null'],
  ])('%s is refused', async (_what, body) => {
    await using registration = await startRegistration()
    const answer = await registration.post(body)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  test('a body that is not UTF-8 is refused, not repaired', async () => {
    await using registration = await startRegistration()
    const text = JSON.stringify(sample({ name: 'CD X' }))
    const body = Buffer.from(text, 'latin1')
    body[body.indexOf('X')] = 0xff
    const answer = await registration.post(body)
    expect(answer.statusCode).toBe(400)
  })

  test.each(['', '""', '"open', 'x'.repeat(256)])('the Idempotency-Key %j is refused', async (key) => {
    await using registration = await startRegistration()
    const answer = await registration.post(sample(), { 'idempotency-key': key })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining('Idempotency-Key') })
    expect(registration.published).toEqual([])
  })
})
