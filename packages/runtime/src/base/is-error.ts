import { isNativeError } from 'node:util/types'

/** True for errors of every realm: under Jest, those of Node's own modules come from outside the test's. */
export const isError = (value: unknown): value is Error => value instanceof Error || isNativeError(value)

/** What was thrown, as an error: whatever else it was does not say what it is in a log. */
export const toError = (thrown: unknown): Error =>
  isError(thrown) ? thrown : new Error('Something was thrown that is no Error')

/** The code of an error of Node or of a library (`ECONNREFUSED`); undefined where it has none. */
export const errorCode = (error: unknown): string | undefined =>
  isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined
