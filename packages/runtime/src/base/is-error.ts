import { isNativeError } from 'node:util/types'

/** True for errors of every realm: under Jest, those of Node's own modules come from outside the test's. */
export const isError = (value: unknown): value is Error => value instanceof Error || isNativeError(value)
