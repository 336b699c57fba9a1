import { InvalidPageTokenError } from '@mensageria/core'

type Page = { pageSize: number; pageToken?: string }

/** Where something stands in a list: the newest first, and of one time the last one first. */
export type Placed<T> = { value: T; at: number; place: number }

const TOKEN = /^(\d+(?:\.\d+)?)~(\d+)$/

const parseToken = (token: string): { at: number; place: number } => {
  const [, at, place] = TOKEN.exec(token) ?? []
  if (at === undefined || place === undefined) throw new InvalidPageTokenError('No page gave this token')
  return { at: Number(at), place: Number(place) }
}

const newestFirst = (a: { at: number; place: number }, b: { at: number; place: number }): number =>
  b.at - a.at || b.place - a.place

/** One page of a list, newest first; the token names the last one shown, so that what is added shifts nothing. */
export const pageOf = <T>(
  all: readonly Placed<T>[],
  { pageSize, pageToken }: Page,
): { items: T[]; nextPageToken?: string } => {
  const last = pageToken === undefined ? undefined : parseToken(pageToken)
  const rest = all.filter((one) => last === undefined || newestFirst(one, last) > 0).toSorted(newestFirst)
  const page = rest.slice(0, pageSize)
  const end = page.at(-1)
  return {
    items: page.map(({ value }) => value),
    ...(end && rest.length > page.length ? { nextPageToken: `${end.at}~${end.place}` } : {}),
  }
}
