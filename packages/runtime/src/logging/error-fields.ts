import { defined, plainText } from '@mensageria/contracts'
import { errorCode, isError } from '../base/is-error.ts'

const CAUSES_MAX = 3

// Of an AggregateError: what failed, side by side.
const partsOf = (error: Error): unknown[] | undefined =>
  'errors' in error && Array.isArray(error.errors) ? error.errors.slice(0, CAUSES_MAX) : undefined

/** What a line says of an error. An allow-list: libraries hang whole requests, tokens included, on their errors. */
export const errorFields = (error: unknown): unknown => {
  if (!isError(error)) return { type: typeof error }
  return defined({
    type: error.name,
    // A certificate or an answer may have put its own text in.
    message: plainText(error.message),
    code: errorCode(error),
    cause: error.cause === undefined ? undefined : errorFields(error.cause),
    errors: partsOf(error)?.map(errorFields),
  })
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
    current = current.cause ?? partsOf(current)?.[0]
  }
  return stacks.join('\ncaused by: ').split('\n').map(plainText).join('\n')
}
