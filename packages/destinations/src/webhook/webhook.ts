import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** Any application with an HTTP endpoint. */
export const webhook = defineDestination({
  kind: 'webhook',
  loadSettings,
  // The client has them, and hides them with each message.
  secretsOf: () => [],
  open,
})
