import { defineDestination } from '../define-destination.ts'
import { open } from './open.ts'
import { loadSettings } from './settings.ts'

/** A topic of Amazon SNS. */
export const sns = defineDestination({ kind: 'sns', loadSettings, secretsOf: () => [], open })
