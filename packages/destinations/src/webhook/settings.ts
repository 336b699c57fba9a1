import { variablesOf } from '@mensageria/contracts'
import { loadConfig, type Env } from '@mensageria/runtime'
import { z } from 'zod'
import type { DestinationRow } from '../define-destination.ts'

export type WebhookSettings = { url: string; rejectedBy: readonly number[]; token: string }

const token = z
  .string()
  .regex(/^[\u0021-\u007e]+$/, { error: 'Must be one line without spaces' })
  .describe('the token that the receiver gave us')

/** The address of the row and NAME_TOKEN. Throws `ConfigError`. */
export const loadSettings = ({ name, target }: DestinationRow<'webhook'>, env: Env): WebhookSettings => {
  const variable = variablesOf(name).token
  const values = loadConfig(z.object({ [variable]: token }), env)
  return { url: target.url, rejectedBy: target.rejected_by, token: values[variable] ?? '' }
}
