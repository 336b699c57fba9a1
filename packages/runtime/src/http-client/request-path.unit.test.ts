import { requestPath } from './request-path.ts'

describe('requestPath', () => {
  test.each([
    ['', '/cities/3509205', '/cities/3509205'],
    ['/api/v2', '/providers', '/api/v2/providers'],
    ['/api', '/providers?externalId=a..b', '/api/providers?externalId=a..b'],
    ['/api', '/a...b/..c', '/api/a...b/..c'],
    ['/api', '/caf%C3%A9', '/api/caf%C3%A9'],
  ])('below %j, %j becomes %j', (prefix, path, expected) => {
    expect(requestPath(prefix, path)).toBe(expected)
  })

  test.each([
    'providers',
    '',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/a//b',
    '/..',
    '/../admin',
    '/a/..',
    '/a/../../admin',
    '/a/..?x=1',
    '/./a',
    '/%2e%2e/admin',
    '/.%2E/admin',
    '/a%2f..%2fadmin',
    '/a\\..\\admin',
    '/a%5c..',
    '/a b',
    '/a\r\nHost: elsewhere.example',
    '/a#b',
    '/caf\u00e9',
  ])('%j is refused', (path) => {
    expect(() => requestPath('/api', path)).toThrow(TypeError)
  })
})
