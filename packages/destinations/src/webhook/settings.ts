import { AuthenticationFields } from '@mensageria/contracts'
import { ConfigError } from '@mensageria/runtime'
import type { DestinationRow } from '../define-destination.ts'

export type WebhookSettings = {
  name: string
  url: string
  rejectedBy: readonly number[]
  authentication: AuthenticationFields
}

/** The target as the client takes it, which reads the secrets of `auth` from the environment itself. Throws `ConfigError`. */
export const loadSettings = ({ name, target }: DestinationRow<'webhook'>): WebhookSettings => {
  // The client refuses such a path with every message: no data of an event may choose what is called.
  if (/\/\/|%5c/i.test(new URL(target.url).pathname))
    throw new ConfigError(`row "${name}": target.url: Must have no // and no backslash in its path`)
  const { url, rejected_by: rejectedBy } = target
  return { name, url, rejectedBy, authentication: AuthenticationFields.parse(target) }
}
