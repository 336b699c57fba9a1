import { InvalidPageTokenError } from '@mensageria/core'

/** The token that continues after an item with these sort values: opaque to callers, checked when it comes back. */
export const encodePageToken = (...values: number[]): string =>
  Buffer.from(values.join('.'), 'latin1').toString('base64url')

/** The sort values of a token, `least` or more; throws InvalidPageTokenError for one that `encodePageToken` did not give. */
export const decodePageToken = (token: string, count: number, least = 1): number[] => {
  const values = Buffer.from(token, 'base64url').toString('latin1').split('.').map(Number)
  const known =
    values.length === count && values.every((value) => Number.isSafeInteger(value) && value >= least)
  if (!known || encodePageToken(...values) !== token) throw new InvalidPageTokenError('Unknown page')
  return values
}
