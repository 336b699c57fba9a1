import { findRepeatedKeys } from './find-repeated-keys.ts'

test.each([
  ['{}', []],
  ['{"a":{"x":1},"b":{"x":1}}', []],
  ['[{"a":1},{"a":1}]', []],
  ['{"a":["a","a"],"b":"a"}', []],
  ['{"a":"{\\"b\\":1,\\"b\\":2}"}', []],
  ['{"a":1,"a":2}', [['a']]],
  ['{"a":{"b":1,"c":{"b":1},"b":2}}', [['a', 'b']]],
  ['{"a":{"b":{"c":1,"c":2}}}', [['a', 'b', 'c']]],
  ['{"maas":1,"ma\\u0061s":2}', [['maas']]],
  ['{"__proto__":1,"__proto__":2}', [['__proto__']]],
])('%s repeats %j', (text, expected) => {
  expect(() => JSON.parse(text)).not.toThrow()
  expect(findRepeatedKeys(text)).toEqual(expected)
})
