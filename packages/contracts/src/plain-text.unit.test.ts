import { plainText } from './plain-text.ts'

describe('defect 18: plainText', () => {
  test.each([
    ['an escape sequence', 'no\u001B]0;owned\u0007\u001B[2J', 'no\uFFFD]0;owned\uFFFD\uFFFD[2J'],
    ['one of C1', 'a\u009B31mb', 'a\uFFFD31mb'],
    ['DEL and NUL', 'a\u007Fb\u0000c', 'a\uFFFDb\uFFFDc'],
    ['a reversed direction', 'cnpj \u202E1000\u202C \u2066x\u2069', 'cnpj \uFFFD1000\uFFFD \uFFFDx\uFFFD'],
    ['line ends of every kind', 'a\r\nb\u2028c\u2029d\u0085e\tf', 'a b c d e f'],
    ['text as people write it', 'São João d’Oeste 👩‍🌾 – 10 %', 'São João d’Oeste 👩‍🌾 – 10 %'],
  ])('%s', (_what, text, expected) => {
    expect(plainText(text)).toBe(expected)
  })
})
