import { ConfigError } from '../base/config.ts'
import { chooseAuthentication } from './authentication-settings.ts'
import { requireTls } from './require-tls.ts'

const OAUTH2 = {
  auth: 'oauth2-client-credentials' as const,
  auth_token_url: 'https://login.example.com/token',
  auth_client_id: 'production',
}

describe('the choice of row and environment', () => {
  test('is the bearer token of old where nobody says anything', () => {
    expect(chooseAuthentication('maas', undefined, {})).toEqual({ kind: 'bearer', isSaid: false })
    expect(chooseAuthentication('maas', undefined, { MAAS_AUTH: 'bearer' })).toEqual({
      kind: 'bearer',
      isSaid: true,
    })
  })

  test('is the row, with what a variable says before it', () => {
    expect(chooseAuthentication('city-hall', OAUTH2, { CITY_HALL_AUTH_CLIENT_ID: 'staging' })).toEqual({
      kind: 'oauth2-client-credentials',
      isSaid: true,
      auth_token_url: OAUTH2.auth_token_url,
      auth_client_id: 'staging',
    })
  })

  test('is the environment alone where it names another kind: settings of the row belong to its own', () => {
    const env = { MAAS_AUTH: 'google-id-token' }
    const row = { ...OAUTH2, auth_audience: 'https://production.example.com' }
    expect(chooseAuthentication('maas', row, env)).toEqual({ kind: 'google-id-token', isSaid: true })
  })

  test.each([
    [{ MAAS_AUTH: 'digest' }, /MAAS_AUTH: /],
    [{ MAAS_AUTH: '' }, /MAAS_AUTH is empty/],
    [{ MAAS_AUTH_HEADER: 'x-key' }, /^MAAS_AUTH_HEADER: Is for auth api-key, and auth is oauth2/],
    [{ MAAS_AUTH_TOKEN_URL: 'http://login.example.com/token' }, /MAAS_AUTH_TOKEN_URL: Must be https/],
  ])('%j is refused, and the variable is named', (env, words) => {
    expect(() => chooseAuthentication('maas', OAUTH2, env)).toThrow(ConfigError)
    expect(() => chooseAuthentication('maas', OAUTH2, env)).toThrow(words)
  })
})

describe('a credential over http://', () => {
  const check = (
    url: string,
    kind: 'bearer' | 'basic' | 'mtls' | 'hmac' | 'none',
    isSaid: boolean,
  ): string[] => {
    const warnings: string[] = []
    const logger = { warn: (text: unknown) => void warnings.push(String(text)) }
    requireTls('maas', new URL(url), { kind, isSaid }, logger)
    return warnings
  }

  test('is refused where authentication is said', () => {
    for (const kind of ['bearer', 'basic', 'mtls'] as const)
      expect(() => check('http://maas.internal', kind, true)).toThrow(
        `maas is called over http:// with ${kind}, which anybody on the way can read: use https://`,
      )
  })

  test('is a warning for the token of a configuration of release 0.1', () => {
    expect(check('http://maas.internal', 'bearer', false)).toEqual([expect.stringContaining('use https://')])
  })

  test.each([
    ['https://maas.example.com', 'bearer'],
    ['http://127.0.0.1:8080', 'basic'],
    ['http://[::1]:8080', 'basic'],
    ['http://maas.localhost', 'bearer'],
    ['http://maas.internal', 'hmac'],
    ['http://maas.internal', 'none'],
  ] as const)('to %s with %s is fine', (url, kind) => {
    expect(check(url, kind, true)).toEqual([])
  })
})
