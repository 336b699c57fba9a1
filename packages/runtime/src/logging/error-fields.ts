import { isError } from '../base/is-error.ts'

const CAUSES_MAX = 3

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

/** What a line says of an error. An allow-list: libraries hang whole requests, tokens included, on their errors. */
export const errorFields = (error: unknown): unknown => {
  if (!isError(error)) return { type: typeof error }
  const code = codeOf(error)
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.cause === undefined ? {} : { cause: errorFields(error.cause) }),
  }
}

/** True for errors that are part of the job, not faults of ours: they get no stack, and so open no error group. */
export const isExpected = (error: unknown): boolean =>
  isError(error) && 'expected' in error && error.expected === true

/** The stack of an error and of what caused it, as Error Reporting reads it. */
export const stackTrace = (error: Error): string => {
  const stacks: string[] = []
  let current: unknown = error
  while (isError(current) && stacks.length < CAUSES_MAX) {
    stacks.push(current.stack ?? String(current))
    current = current.cause
  }
  return stacks.join('\ncaused by: ')
}
