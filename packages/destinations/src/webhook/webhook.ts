import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** Any application with an HTTP endpoint. */
export const webhook = defineDestination({
  kind: 'webhook',
  loadSettings,
  secretsOf: ({ token }) => [token],
  open,
})
