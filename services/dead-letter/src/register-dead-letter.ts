import { http } from '@google-cloud/functions-framework'
import { createDeadLetterPushHandler, type DeadLetterPushHandlerDeps } from './dead-letter-push-handler.ts'

/** What FUNCTION_TARGET names. */
export const DEAD_LETTER_FUNCTION = 'dead-letter'

/** Registers the function with the framework. */
export const registerDeadLetter = (deps: DeadLetterPushHandlerDeps): void => {
  http(DEAD_LETTER_FUNCTION, createDeadLetterPushHandler(deps))
}
