/**
 * What a process needs that is none of the product's services: its configuration, a log that nobody has to read, last words,
 * and an answer to what is hardly a request.
 */
export { ConfigError, loadConfig } from '../base/config.ts'
export { findUnknownVariables } from '../base/unknown-variables.ts'
export { Port } from '../base/whole-number.ts'
export { answerClientError } from '../http/errors/answer-client-error.ts'
export { answerUnusual } from '../http/errors/answer-unusual.ts'
export { openLogOutput } from '../logging/log-output.ts'
export { writeLastWords } from '../logging/last-words.ts'
export { createLogger } from '../logging/logger.ts'
