import { taxId } from './tax-id.ts'

test.each([
  ['numeric', '11222333000181', '11222333000181'],
  ['with its punctuation', '11.222.333/0001-81', '11222333000181'],
  ['with spaces around', ' 11222333000181 ', '11222333000181'],
  // Receita Federal's own example of the alphanumeric form.
  ['alphanumeric', '12ABC34501DE35', '12ABC34501DE35'],
  ['alphanumeric with punctuation, in lower case', '12.abc.345/01de-35', '12ABC34501DE35'],
])('a CNPJ %s is stored without punctuation, in upper case', (_form, sent, stored) => {
  expect(taxId.parse(sent)).toBe(stored)
})

test.each([
  ['a wrong second check digit', '11222333000182'],
  ['a wrong first check digit', '11222333000191'],
  ['a wrong check digit of the alphanumeric form', '12ABC34501DE36'],
  ['letters as check digits', '12ABC34501DEAB'],
  ['13 characters', '1122233300018'],
  ['15 characters', '112223330001811'],
  ['a letter outside A to Z', '12ÁBC34501DE35'],
  ['a full-width digit', '1122233300018１'],
  ['a space inside', '11222333 000181'],
  ['nothing', ''],
  ['punctuation alone', '../-'],
  ['a CPF', '52998224725'],
])('%s is refused', (_fault, sent) => {
  expect(taxId.safeParse(sent)).toMatchObject({
    success: false,
    error: { issues: [{ message: 'Must be a valid CNPJ: 14 characters with correct check digits' }] },
  })
})

// Zeros even have correct check digits.
test.each(Array.from('0123456789', (digit) => digit.repeat(14)))('%s is refused', (sent) => {
  expect(taxId.safeParse(sent).success).toBe(false)
})

test('a number is refused: its leading zeros would be lost', () => {
  expect(taxId.safeParse(11_222_333_000_181).success).toBe(false)
})

test('a text of any length is refused, not worked on', () => {
  expect(taxId.safeParse('1'.repeat(1_000_000)).success).toBe(false)
})
