import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** An exchange of RabbitMQ. */
export const rabbitmq = defineDestination({
  kind: 'rabbitmq',
  loadSettings,
  secretsOf: ({ password }) => [password],
  open,
})
