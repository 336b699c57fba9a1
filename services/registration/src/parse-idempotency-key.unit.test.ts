import { parseIdempotencyKey } from './parse-idempotency-key.ts'

describe('parseIdempotencyKey', () => {
  test.each([
    ['k', 'k'],
    ['"k"', 'k'],
    ['123', '123'],
    ['"123"', '123'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"with \\"quotes\\" inside"', 'with "quotes" inside'],
    ['"k";version=2', 'k'],
    ['a,b c', 'a,b c'],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('%j is the key %j', (header, key) => {
    expect(parseIdempotencyKey(header)).toEqual({ ok: true, key })
  })

  test('no header is no key', () => {
    expect(parseIdempotencyKey(undefined)).toEqual({ ok: true, key: undefined })
  })

  test.each([
    ['', '1 to 255'],
    ['""', '1 to 255'],
    ['x'.repeat(256), '1 to 255'],
    [`"${'x'.repeat(256)}"`, '1 to 255'],
    ['"k', 'not one quoted string'],
    ['"a", "b"', 'not one quoted string'],
    ['"a" b', 'not one quoted string'],
    ['ch\u00e1', 'printable ASCII'],
    ['a\tb', 'printable ASCII'],
  ])('%j is refused: %s', (header, reason) => {
    expect(parseIdempotencyKey(header)).toEqual({ ok: false, detail: expect.stringContaining(reason) })
  })
})
