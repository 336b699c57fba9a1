import { CREDENTIALS, variablesOf, type AuthenticationFields } from '@mensageria/contracts'
import type { Clock } from '@mensageria/core'
import { z } from 'zod'
import { ConfigError, loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'
import { createSystemClock } from '../base/system-clock.ts'
import { openConnections, type ConnectionOptions } from '../http-client/open-connections.ts'
import type { Logger } from '../logging/logger.ts'
import { createIdTokens } from '../tokens/id-tokens.ts'
import { alwaysTheSame, basic, bearer, unproven, type Authentication } from './authentication.ts'
import { chooseAuthentication, type ChosenAuthentication } from './authentication-settings.ts'
import { fetchToken } from './fetch-token.ts'
import { googleIdToken } from './google-id-token.ts'
import { signing, toSigningSecrets } from './hmac.ts'
import { oauth2ClientCredentials } from './oauth2-client-credentials.ts'
import { requireTls } from './require-tls.ts'

const oneWord = z.string().regex(/^[\u0021-\u007e]+$/, { error: 'Must be one line without spaces' })
const oneLine = z.string().regex(/^\P{Cc}+$/u, { error: 'Must be one line' })

const SCHEMAS = {
  token: oneWord.describe('the token that the system gave us'),
  username: oneLine.regex(/^[^:]+$/, { error: 'Must have no colon' }).describe('our user at the system'),
  password: oneLine.describe('the password of our user at the system'),
  secret: oneLine.describe('the secret that we share with the system'),
}
type Credential = keyof typeof SCHEMAS

/** What decides how a system is authenticated to. */
export type Choice = {
  /** How the row of the list wants it; `bearer` unless it says so. */
  row: AuthenticationFields | undefined
  /** Of a row for a simulator, which takes a bearer token, whatever its system takes. */
  simulated?: boolean | undefined
  env: Env
}

export type AuthenticationOptions = Choice & {
  /** Where the system is. */
  url: string
  /** Connections to a token endpoint are made like those to the system. */
  connections: Omit<ConnectionOptions, 'connectionsMax'>
  logger?: Logger
  clock?: Pick<Clock, 'now' | 'monotonic'>
}

const isCredential = (name: string): name is Credential => name in SCHEMAS

const choose = (name: string, { row, simulated, env }: Choice): ChosenAuthentication =>
  simulated ? { kind: 'bearer', isSaid: false } : chooseAuthentication(name, row, env)

/** The variables with the credentials of one system, and what each must be. Throws `ConfigError` where the choice is wrong. */
export const credentialSchemas = (name: string, choice: Choice): Record<string, z.ZodType<string>> => {
  const variables = variablesOf(name)
  const wanted = CREDENTIALS[choose(name, choice).kind].filter(isCredential)
  return Object.fromEntries(wanted.map((one) => [variables[one], SCHEMAS[one]]))
}

/** The variables without which one system cannot be called, besides its address. Throws `ConfigError`. */
export const requiredCredentials = (name: string, choice: Choice): string[] =>
  CREDENTIALS[choose(name, choice).kind].map((one) => variablesOf(name)[one])

const loadCredentials = (name: string, choice: Choice) => {
  const variables = variablesOf(name)
  const values: Record<string, string> = loadConfig(z.object(credentialSchemas(name, choice)), choice.env)
  return (credential: Credential): string => values[variables[credential]] ?? ''
}

const loadSigningSecrets = (name: string, value: string): string[] => {
  const secrets = toSigningSecrets(value)
  if (secrets) return secrets
  throw new ConfigError(
    `${variablesOf(name).secret} must be a key of 24 to 64 bytes in base64, or two of them, newest first, while ` +
      'they are changed: `openssl rand -base64 32` makes one',
  )
}

const requireSetting = (
  name: string,
  chosen: ChosenAuthentication,
  setting: 'token_url' | 'client_id',
): string => {
  const value = chosen[`auth_${setting}`]
  if (value !== undefined) return value
  const { authTokenUrl, authClientId } = variablesOf(name)
  const variable = setting === 'token_url' ? authTokenUrl : authClientId
  throw new ConfigError(
    `${variable} is not set, nor auth_${setting} in the row of ${name}: ${chosen.kind} needs it`,
  )
}

const requireCertificate = (name: string, { tls }: Pick<ConnectionOptions, 'tls'>): void => {
  if (tls?.own) return
  const { certFile, keyFile } = variablesOf(name)
  throw new ConfigError(
    `${certFile} and ${keyFile} are not set: with auth mtls they are our certificate and its key`,
  )
}

const openOAuth2 = (
  name: string,
  chosen: ChosenAuthentication,
  clientSecret: string,
  { connections: options, clock = createSystemClock() }: AuthenticationOptions,
): Authentication => {
  const { auth_client: client = 'basic', auth_scope: scope, auth_audience: audience } = chosen
  const tokenUrl = requireSetting(name, chosen, 'token_url')
  const clientId = requireSetting(name, chosen, 'client_id')
  const connections = openConnections(new URL(tokenUrl), {
    ...options,
    connectionsMax: 1,
    trustsPublic: true,
  })
  return oauth2ClientCredentials({
    secret: clientSecret,
    fetch: () => fetchToken({ tokenUrl, clientId, clientSecret, client, scope, audience }, connections),
    close: () => connections.close(),
    monotonic: () => clock.monotonic(),
  })
}

/**
 * How one system is told who we are: by the row of the list, or by variables of the environment (NAME_AUTH ...), with the
 * secrets of the environment. Throws `ConfigError`, which names the variable and what to do.
 */
export const loadAuthentication = (name: string, options: AuthenticationOptions): Authentication => {
  const { logger, clock = createSystemClock() } = options
  const url = new URL(options.url)
  const chosen = choose(name, options)
  requireTls(name, url, chosen, logger)
  const { kind } = chosen
  const credential = loadCredentials(name, options)
  switch (kind) {
    case 'none':
      return unproven()
    case 'mtls':
      requireCertificate(name, options.connections)
      return unproven()
    case 'bearer':
      return bearer(credential('token'))
    case 'api-key': {
      const { auth_header: header = 'x-api-key' } = chosen
      return alwaysTheSame({ [header.toLowerCase()]: credential('token') }, [credential('token')])
    }
    case 'basic':
      return basic(credential('username'), credential('password'))
    case 'hmac':
      return signing(loadSigningSecrets(name, credential('secret')), clock)
    case 'google-id-token':
      return googleIdToken(chosen.auth_audience ?? url.origin, createIdTokens)
    case 'oauth2-client-credentials':
      return openOAuth2(name, chosen, credential('secret'), options)
    default:
      return kind satisfies never
  }
}
