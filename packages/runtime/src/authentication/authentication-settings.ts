import {
  AuthenticationFields,
  AuthenticationSettings,
  strangeSettings,
  strangeWords,
  variablesOf,
  type AuthenticationKind,
  type IntegrationVariables,
} from '@mensageria/contracts'
import { z } from 'zod'
import { ConfigError, loadConfig } from '../base/config.ts'
import type { Env } from '../base/env.ts'

/** How a system is authenticated to, once row and environment are put together. */
export type ChosenAuthentication = AuthenticationSettings & {
  kind: AuthenticationKind
  /** Whether row or environment say so; else it is the bearer token of old. */
  isSaid: boolean
}

const VARIABLES: Readonly<Record<keyof AuthenticationFields, keyof IntegrationVariables>> = {
  auth: 'auth',
  auth_header: 'authHeader',
  auth_token_url: 'authTokenUrl',
  auth_client_id: 'authClientId',
  auth_client: 'authClient',
  auth_scope: 'authScope',
  auth_audience: 'authAudience',
}
const FIELDS = AuthenticationFields.keyof().options

const readEnvironment = (name: string, env: Env): AuthenticationFields => {
  const variables = variablesOf(name)
  const { shape } = AuthenticationFields
  const schema = z.object(
    Object.fromEntries(
      FIELDS.map((field): [string, z.ZodType] => [variables[VARIABLES[field]], shape[field]]),
    ),
  )
  const values = loadConfig<Record<string, unknown>>(schema, env)
  return AuthenticationFields.parse(
    Object.fromEntries(FIELDS.map((field) => [field, values[variables[VARIABLES[field]]]])),
  )
}

/**
 * Puts a row and the environment together: NAME_AUTH and its sisters come before the row, so that staging may differ. Where they
 * name another kind, the row's settings belong to the other and are left. Throws `ConfigError`.
 */
export const chooseAuthentication = (
  name: string,
  row: AuthenticationFields | undefined,
  env: Env,
): ChosenAuthentication => {
  const { auth, ...own } = readEnvironment(name, env)
  const kind = auth ?? row?.auth ?? 'bearer'
  const [strange] = strangeSettings(kind, own)
  if (strange !== undefined)
    throw new ConfigError(`${variablesOf(name)[VARIABLES[strange]]}: ${strangeWords(kind, strange)}`)
  const inherited = row && kind === (row.auth ?? 'bearer') ? AuthenticationSettings.parse(row) : {}
  const settings = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return { ...inherited, ...settings, kind, isSaid: (auth ?? row?.auth) !== undefined }
}
