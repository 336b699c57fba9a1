import { AuthenticationKind, CREDENTIALS } from './authentication.ts'
import { IntegrationPolicy } from './integrations.ts'
import { variablesOf } from './variables-of.ts'

const OAUTH2 = {
  auth: 'oauth2-client-credentials',
  auth_token_url: 'https://login.example.com/oauth2/token',
  auth_client_id: 'mensageria',
  auth_client: 'post',
  auth_scope: 'providers.write',
  auth_audience: 'https://api.example.com',
}
const webhook = (target: object) => ({
  kind: 'webhook',
  target: { url: 'https://portal.example/hooks', ...target },
})

const faultsOf = (row: unknown): string[] =>
  (IntegrationPolicy.safeParse(row).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )

test.each([
  ...AuthenticationKind.options.map((auth) => ({ auth })),
  { auth: 'api-key', auth_header: 'X-Api-Key' },
  { auth: 'google-id-token', auth_audience: 'https://maas.example.com' },
  OAUTH2,
])('%j is a row of an integration by code, and a target of a webhook', (fields) => {
  expect(faultsOf(fields)).toEqual([])
  expect(faultsOf(webhook(fields))).toEqual([])
})

test.each<[object, string | RegExp]>([
  [{ auth: 'digest' }, /^auth: /],
  [{ auth: 'basic', auth_header: 'X-Key' }, 'auth_header: Is for auth api-key, and auth is basic'],
  [
    { auth_audience: 'x' },
    /^auth_audience: Is for auth oauth2-client-credentials or google-id-token, and auth is bearer/,
  ],
  [
    { auth: 'api-key', auth_header: 'Content-Length' },
    /^auth_header: Must not be a header that a request has already/,
  ],
  ...['Connection', 'Keep-Alive', 'Proxy-Authorization', 'TE', 'Upgrade', 'Expect', 'Ce-Id'].map(
    (auth_header): [object, RegExp] => [
      { auth: 'api-key', auth_header },
      /^auth_header: Must not be a header that a request has already/,
    ],
  ),
  [{ auth: 'api-key', auth_header: 'x key' }, /^auth_header: Must be the name of a header/],
  [{ ...OAUTH2, auth_token_url: 'http://login.example.com/token' }, /^auth_token_url: Must be https/],
  [
    { ...OAUTH2, auth_token_url: 'https://me:s3cret@login.example.com/token' },
    /^auth_token_url: .*no credentials/,
  ],
  [{ ...OAUTH2, auth_client_id: 'two words' }, /^auth_client_id: Must be one line without spaces/],
])('%j is refused, and the field is named', (fields, words) => {
  expect(faultsOf(fields)).toEqual([expect.stringMatching(words)])
  expect(faultsOf(webhook(fields)).join()).toContain(`target.${faultsOf(fields).join()}`)
})

test('a row with a kind has it in its target', () => {
  expect(faultsOf({ ...webhook({}), auth: 'hmac' })).toEqual([
    'auth: Is for an integration by code: a webhook has it in its target',
  ])
})

test('every kind names variables that an integration has', () => {
  for (const kind of AuthenticationKind.options)
    for (const credential of CREDENTIALS[kind])
      expect(variablesOf('a-b')[credential]).toMatch(/^A_B_[A-Z_]+$/)
})
