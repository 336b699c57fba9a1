import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** A topic of Kafka, or of what speaks its protocol. */
export const kafka = defineDestination({
  kind: 'kafka',
  loadSettings,
  secretsOf: ({ sasl }) => (sasl ? [sasl.password] : []),
  open,
})
