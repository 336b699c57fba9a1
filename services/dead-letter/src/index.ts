export { createDeadLetterPushHandler } from './dead-letter-push-handler.ts'
export type { DeadLetterPushHandlerDeps, FunctionRequest } from './dead-letter-push-handler.ts'
export { DEAD_LETTER_FUNCTION, registerDeadLetter } from './register-dead-letter.ts'
