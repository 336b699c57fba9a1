import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** A queue of Amazon SQS. */
export const sqs = defineDestination({ kind: 'sqs', loadSettings, secretsOf: () => [], open })
