import { z } from 'zod'
import { address } from '../destinations/address.ts'
import type { IntegrationVariables } from './variables-of.ts'

/** How a system knows that a request is ours. */
export const AuthenticationKind = z.enum([
  'none',
  'bearer',
  'api-key',
  'basic',
  'oauth2-client-credentials',
  'google-id-token',
  'hmac',
  'mtls',
])
export type AuthenticationKind = z.output<typeof AuthenticationKind>

// What a request has for other reasons: a credential in its place would break it.
const TAKEN =
  /^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect|content-.*|accept.*|ce-.*|webhook-.*|idempotency-key|traceparent|tracestate)$/i

/** What some kinds need besides their secrets; each is a field of the row, and NAME_ with the same name a variable. */
export const AuthenticationSettings = z.object({
  auth_header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, { error: 'Must be the name of a header, for example x-api-key' })
    .refine((value) => !TAKEN.test(value), { error: 'Must not be a header that a request has already' })
    .optional(),
  auth_token_url: address({
    secure: 'https',
    plain: 'http',
    example: 'https://login.example.com/oauth2/token',
  }).optional(),
  auth_client_id: z
    .string()
    .regex(/^[\u0021-\u007e]{1,255}$/, { error: 'Must be one line without spaces' })
    .optional(),
  /** How the client shows its secret: in the header Authorization (`basic`), or in the form (`post`). */
  auth_client: z.enum(['basic', 'post']).optional(),
  auth_scope: z.string().trim().min(1).max(1000).optional(),
  auth_audience: z.string().trim().min(1).max(1000).optional(),
})
export type AuthenticationSettings = z.output<typeof AuthenticationSettings>

/** The fields of a row, or of a webhook's target, that say how we authenticate; `bearer` unless said. */
export const AuthenticationFields = AuthenticationSettings.extend({ auth: AuthenticationKind.optional() })
export type AuthenticationFields = z.output<typeof AuthenticationFields>

type Setting = keyof AuthenticationSettings

const TAKES: Readonly<Record<AuthenticationKind, readonly Setting[]>> = {
  none: [],
  bearer: [],
  'api-key': ['auth_header'],
  basic: [],
  'oauth2-client-credentials': [
    'auth_token_url',
    'auth_client_id',
    'auth_client',
    'auth_scope',
    'auth_audience',
  ],
  'google-id-token': ['auth_audience'],
  hmac: [],
  mtls: [],
}

const SETTINGS = AuthenticationSettings.keyof().options

/** The settings that are there although this kind of authentication does not take them. */
export const strangeSettings = (kind: AuthenticationKind, settings: AuthenticationSettings): Setting[] =>
  SETTINGS.filter((setting) => settings[setting] !== undefined && !TAKES[kind].includes(setting))

/** The words for a setting that its kind does not take. */
export const strangeWords = (kind: AuthenticationKind, setting: Setting): string => {
  const takers = AuthenticationKind.options.filter((other) => TAKES[other].includes(setting))
  return `Is for auth ${takers.join(' or ')}, and auth is ${kind}`
}

/** Refuses, in the list, settings that the row's kind of authentication does not take. */
export const refuseStrangeSettings = (
  fields: AuthenticationFields,
  refuse: (field: string, message: string) => void,
): void => {
  const kind = fields.auth ?? 'bearer'
  for (const setting of strangeSettings(kind, fields)) refuse(setting, strangeWords(kind, setting))
}

/** The variables without which each kind of authentication cannot work. */
export const CREDENTIALS: Readonly<Record<AuthenticationKind, readonly (keyof IntegrationVariables)[]>> = {
  none: [],
  bearer: ['token'],
  'api-key': ['token'],
  basic: ['username', 'password'],
  'oauth2-client-credentials': ['secret'],
  'google-id-token': [],
  hmac: ['secret'],
  mtls: ['certFile', 'keyFile'],
}
