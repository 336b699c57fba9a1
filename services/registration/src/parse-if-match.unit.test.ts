import { parseIfMatch } from './parse-if-match.ts'

describe('parseIfMatch', () => {
  test.each([
    ['*', { any: true }],
    ['"1"', { any: false, tag: '1' }],
    ['"12"', { any: false, tag: '12' }],
    ['  "1" ', { any: false, tag: '1' }],
    ['"01"', { any: false, tag: '01' }],
    ['""', { any: false, tag: '' }],
    ['"somebody-elses"', { any: false, tag: 'somebody-elses' }],
  ])('%j expects %j', (header, expected) => {
    expect(parseIfMatch(header)).toEqual(expected)
  })

  test('a weak tag is well formed and matches nothing', () => {
    expect(parseIfMatch('W/"1"')).toEqual({ any: false, tag: undefined })
  })

  test.each(['', '1', '"1', '1"', '"1" "2"', '"1", "2"', '*, "1"', 'w/"1"', 'W/1', '"a b"', "'1'"])(
    '%j is malformed',
    (header) => {
      expect(parseIfMatch(header)).toBeUndefined()
    },
  )
})
