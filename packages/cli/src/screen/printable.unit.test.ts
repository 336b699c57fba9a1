import { paint } from './format.ts'
import { printable } from './printable.ts'

describe('defect 18: what the command prints', () => {
  test.each([
    ['an escape sequence', 'no\u001B]0;owned\u0007', String.raw`no\u001b]0;owned\u0007`],
    ['one of C1', 'a\u009B2Jb', String.raw`a\u009b2Jb`],
    ['a carriage return', 'paid\rnot paid', String.raw`paid\u000dnot paid`],
    ['a reversed direction', 'a\u202Eb', String.raw`a\u202eb`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['lines of our own', 'a\n  São João', 'a\n  São João'],
  ])('%s is shown, not obeyed', (_what, text, expected) => {
    expect(printable(text, true)).toBe(expected)
    expect(printable(text, false)).toBe(expected)
  })

  test('JSON stays the same JSON', () => {
    const value = { message: 'no\u001B[2J\u009B\u202E\u007F' }
    const line = printable(JSON.stringify(value), false)
    expect(line).toMatch(/^[\u0020-\u007E]*$/)
    expect(JSON.parse(line)).toEqual(value)
  })

  test('our own colors stay, those of others do not', () => {
    const painted = paint('parked', 'Parked', true)
    expect(painted).toContain('\u001B[31m')
    expect(printable(painted, true)).toBe(painted)
    expect(printable('\u001B[8mhidden', true)).toBe(String.raw`\u001b[8mhidden`)
    expect(printable(painted, false)).not.toContain('\u001B')
  })
})
