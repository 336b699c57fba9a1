import { fold, text } from './text.ts'

const parse = (value: unknown, lengthMax?: number) => {
  const parsed = text(lengthMax).safeParse(value)
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message)
}

const GRINNING = '\u{1F600}'
const CONTROL = ['Must not contain control characters']

describe('text', () => {
  test('spaces around it are cut, those inside stay', () => {
    expect(parse('  Galpão   2 \t')).toBe('Galpão   2')
  })

  test('it is brought to NFC', () => {
    expect(parse('Sa\u0303o')).toBe('S\u00E3o')
  })

  test('one code point is enough, none is not', () => {
    expect(parse('a')).toBe('a')
    expect(parse('')).toEqual(['Must have 1 to 120 characters'])
    expect(parse(' \u00A0\u3000 ')).toEqual(['Must have 1 to 120 characters'])
  })

  test('120 code points fit, whatever their UTF-16 length; 121 do not', () => {
    expect(parse('a'.repeat(120))).toHaveLength(120)
    expect(parse(GRINNING.repeat(120))).toHaveLength(240)
    expect(parse('a'.repeat(121))).toEqual(['Must have 1 to 120 characters'])
    expect(parse(GRINNING.repeat(121))).toEqual(['Must have 1 to 120 characters'])
  })

  test('the length is counted after trimming and composing', () => {
    expect(parse(` ${'a\u0303'.repeat(120)} `)).toBe('\u00E3'.repeat(120))
  })

  test('another bound is kept', () => {
    expect(parse('abc', 3)).toBe('abc')
    expect(parse('abcd', 3)).toEqual(['Must have 1 to 3 characters'])
  })

  test.each(['a\u0000b', 'a\nb', 'a\tb', 'a\u001Bb', 'a\u007Fb', 'a\u0085b', 'a\u009Fb'])(
    'the control character in %j is refused',
    (value) => {
      expect(parse(value)).toEqual(CONTROL)
    },
  )

  test.each(['S\uFFFDo', '\uFFFF', 'a\uFDD0b', '\u{1FFFE}'])(
    'c02: the lost character in %j is refused',
    (value) => {
      expect(parse(value)).toEqual([
        'Must not contain characters that were lost (U+FFFD): send the text as UTF-8',
      ])
    },
  )

  test.each(['\uD83D', 'a\uD83Db', '\uDE00a', '\uDE00\uD83D'])(
    'the lone surrogate in %j is refused',
    (value) => {
      expect(parse(value)).toEqual(CONTROL)
    },
  )

  test.each([undefined, null, 7, true, {}, ['a']])('%j is no text', (value) => {
    expect(parse(value)).toEqual([expect.stringContaining('expected string')])
  })

  test('what looks like markup or a query is kept as it is', () => {
    const value = `<b>'; DROP TABLE "x" -- \${1} \\ %_`
    expect(parse(value)).toBe(value)
  })
})

test.each([
  ['São Paulo', 'SAO PAULO'],
  ['Jaboatão dos Guararapes', 'jaboatao DOS guararapes'],
  ["Santa Bárbara d'Oeste", "santa barbara D'OESTE"],
  ['Sa\u0303o Jose\u0301', 'são josé'],
])('%s and %s compare equal', (one, other) => {
  expect(fold(one)).toBe(fold(other))
})
