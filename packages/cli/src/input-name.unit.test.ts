import { inputNameOf } from './input-name.ts'

test.each([
  ['/query/since', '--since'],
  ['/query/cityCode', '--city-code'],
  ['/query/pageSize', '--limit'],
  ['/filter/until', '--until'],
  ['/filter/centerId', '--center'],
  ['/ratePerSecond', '--rate'],
  ['/reason', '--reason'],
  ['/address/cityCode', 'address.cityCode'],
  ['/contact/email', 'contact.email'],
  ['/taxId', 'taxId'],
])('the pointer %s is told as %s, which a person wrote', (pointer, name) => {
  expect(inputNameOf(pointer)).toBe(name)
})
