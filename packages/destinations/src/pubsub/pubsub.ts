import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** A topic of Google Cloud Pub/Sub, of this project or another. */
export const pubsub = defineDestination({ kind: 'pubsub', loadSettings, secretsOf: () => [], open })
