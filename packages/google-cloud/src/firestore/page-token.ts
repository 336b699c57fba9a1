import { InvalidPageTokenError } from '@mensageria/core'

/** Where a page ends: the time and the id of its last document. */
export type Position = { at: number; id: string }

/** A place in a search that has several parts: which part, and how far in it; without a position, at its beginning. */
export type Place = { part: number; after?: Position }

const PLACE = /^(\d{1,3})(?:\.(\d{1,15})\.([^/]{1,200}))?$/su

const unknownPage = () => new InvalidPageTokenError('Unknown page')

const textOf = ({ part, after }: Place): string =>
  after === undefined ? String(part) : `${part}.${after.at}.${after.id}`

/** The token that continues at a place: opaque to callers, checked when it comes back. */
export const encodePlace = (place: Place): string => Buffer.from(textOf(place), 'utf8').toString('base64url')

/** The place of a token; throws InvalidPageTokenError for one that `encodePlace` did not give. */
export const decodePlace = (token: string): Place => {
  const [, part, at, id] = PLACE.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? []
  if (part === undefined) throw unknownPage()
  const place: Place = {
    part: Number(part),
    ...(at === undefined || id === undefined ? {} : { after: { at: Number(at), id } }),
  }
  if (encodePlace(place) !== token) throw unknownPage()
  return place
}

/** The token that continues after a position of a list. */
export const encodePageToken = (after: Position): string => encodePlace({ part: 0, after })

/** The position of a list's token; throws InvalidPageTokenError for one that `encodePageToken` did not give. */
export const decodePageToken = (token: string): Position => {
  const { part, after } = decodePlace(token)
  if (part !== 0 || !after) throw unknownPage()
  return after
}
