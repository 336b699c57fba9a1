import { InvalidPageTokenError } from '@mensageria/core'
import { decodePageToken, decodePlace, encodePageToken, encodePlace } from './page-token.ts'

test('a token gives back its position', () => {
  const position = { at: 1_700_000_000_000, id: 'a89d24bd-55ae-570c-8101-a818732445cc' }
  expect(decodePageToken(encodePageToken(position))).toEqual(position)
})

const encoded = (text: string) => Buffer.from(text, 'latin1').toString('base64url')

test.each([
  '',
  'nonsense',
  'LTE',
  encoded('0'),
  encoded('1.5'),
  encoded('0.1.'),
  encoded('0.01.a'),
  encoded('0.1.a/b'),
  encoded('0.1.a') + '=',
  encodePlace({ part: 1, after: { at: 1, id: 'a' } }),
])('the token %j, which no page gave, is refused', (token) => {
  expect(() => decodePageToken(token)).toThrow(InvalidPageTokenError)
})

test.each([
  { part: 3 },
  { part: 0, after: { at: 5, id: 'maas~a b:2' } },
  { part: 12, after: { at: 0, id: 'é' } },
])('a token gives back the place %j', (place) => {
  expect(decodePlace(encodePlace(place))).toEqual(place)
})
