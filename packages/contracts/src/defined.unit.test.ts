import { defined } from './defined.ts'

test('leaves out what is undefined, and nothing else', () => {
  const q: string | undefined = undefined
  expect(Object.entries(defined({ a: 1, q, none: null, no: false, zero: 0, empty: '' }))).toEqual([
    ['a', 1],
    ['none', null],
    ['no', false],
    ['zero', 0],
    ['empty', ''],
  ])
})

test('gives optional fields their types', () => {
  const read = (fields: { a: number; b?: string }): string => `${fields.a}${fields.b ?? '-'}`
  const b: string | undefined = Math.random() > 2 ? 'never' : undefined
  expect(read(defined({ a: 1, b }))).toBe('1-')
})
