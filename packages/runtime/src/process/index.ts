/** What a process needs that is none of the product's services: a log that nobody has to read, and last words. */
export { openLogOutput } from '../logging/log-output.ts'
export { writeLastWords } from '../logging/last-words.ts'
export { createLogger } from '../logging/logger.ts'
