import { centerOf } from '../testing/samples.ts'
import { conceal, personalTexts } from './conceal.ts'

const CONTACT = { name: 'Ana Souza', email: 'ana@example.com', phone: '+551133334444' }
const secrets = personalTexts({ ...centerOf(), taxId: '11222333000181', contact: CONTACT })
const rejected = (code: string, message: string) =>
  conceal({ kind: 'rejected', cause: `rejected:${code}`, message }, secrets)

describe('I10: what a system repeats of a center', () => {
  test.each([
    'CNPJ 11222333000181 exists',
    'CNPJ 11.222.333/0001-81 exists',
    'CNPJ 112\u0000223\u001b33000181 exists',
    'ask ANA@EXAMPLE.COM',
    'call +551133334444',
    'call (11) 3333-4444',
    'ask Ana  Souza',
  ])('%j: is not kept', (message) => {
    const text = JSON.stringify(rejected('bad', message))
    expect(text).toContain('***')
    expect(text).not.toMatch(/0001|example|3333|souza/i)
  })

  test('is not kept in a cause or an external id either', () => {
    expect(rejected('doc-11222333000181', 'no')).toMatchObject({ cause: 'rejected:doc-***' })
    expect(conceal({ kind: 'delivered', externalId: 'p-11222333000181' }, secrets)).toEqual({
      kind: 'delivered',
      externalId: 'p-***',
    })
  })

  test('leaves everything else as it is', () => {
    const outcome = { kind: 'transient', cause: 'http-503', message: 'Answered 503' } as const
    expect(conceal(outcome, secrets)).toEqual(outcome)
    expect(conceal(outcome, ['503'])).toEqual(outcome)
    expect(conceal({ kind: 'delivered' }, secrets)).toEqual({ kind: 'delivered' })
  })
})
