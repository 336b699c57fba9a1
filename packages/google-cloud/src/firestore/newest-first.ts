import { FieldPath, type Query, type QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { Connection } from './connect-firestore.ts'
import { numberOf } from './fields.ts'
import { decodePageToken, encodePageToken, type Position } from './page-token.ts'
import { askShards, LIST_SHARDS } from './shards.ts'

/** A collection that is read newest first, by a time; `listShard` spreads its documents. */
export type List = { collection: string; at: string }

/** Makes items of documents, in their order; undefined for one that is left out, for what no index can say. */
export type ToItems<T> = (
  docs: readonly QueryDocumentSnapshot[],
) => Promise<(T | undefined)[]> | (T | undefined)[]

export type ListRequest<T> = {
  pageSize: number
  after?: Position | undefined
  /** Each adds filters that have an index; what any of them finds is in the list. */
  queries?: readonly ((query: Query) => Query)[]
  toItems: ToItems<T>
  /** Documents of one round, at least: more where most of them are left out. */
  scanLimit?: number
}

/** A part of a list; `next` where there may be more. */
export type ListPart<T> = { items: T[]; next?: Position }

// What is left out costs reads: after so many rounds the page is given as it is, with a place to go on.
const ROUNDS_MAX = 5

/** Compares ids of one time: the greater one comes first. */
export const compareIds = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0)

/**
 * Parts of a list, newest first by the field `at`, equal times by id. An increasing field alone in an index is limited to
 * 500 writes a second, so the index has a shard before it, and the shards are merged here.
 */
export const createNewestFirst = ({ firestore, run }: Connection, { collection, at }: List) => {
  const positionOf = (snapshot: QueryDocumentSnapshot): Position => ({
    at: numberOf(snapshot, at),
    id: snapshot.id,
  })

  const takeBy = (narrow: (query: Query) => Query, after: Position | undefined, limit: number) =>
    askShards(LIST_SHARDS, async (shard) => {
      const query = narrow(firestore.collection(collection).where('listShard', '==', shard))
        .orderBy(at, 'desc')
        .orderBy(FieldPath.documentId(), 'desc')
        .limit(limit)
      return (await (after ? query.startAfter(after.at, after.id) : query).get()).docs
    })

  const take = async (
    queries: readonly ((query: Query) => Query)[],
    after: Position | undefined,
    limit: number,
  ) => {
    const found = await run(() => Promise.all(queries.map((narrow) => takeBy(narrow, after, limit))))
    return found
      .flat()
      .toSorted((a, b) => numberOf(b, at) - numberOf(a, at) || compareIds(a.id, b.id))
      .slice(0, limit)
  }

  return async <T>(request: ListRequest<T>): Promise<ListPart<T>> => {
    const { pageSize, queries = [(query) => query], toItems, scanLimit = 0 } = request
    // One more than the page holds says whether there is another page.
    const limit = Math.max(pageSize + 1, scanLimit)
    const items: T[] = []
    let { after } = request
    let last: Position | undefined
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const taken = await take(queries, after, limit)
      const found = await toItems(taken)
      for (const [index, snapshot] of taken.entries()) {
        const item = found[index]
        if (item === undefined) continue
        if (items.length === pageSize) return last ? { items, next: last } : { items }
        items.push(item)
        last = positionOf(snapshot)
      }
      const end = taken.at(-1)
      if (taken.length < limit || !end) return { items }
      after = positionOf(end)
    }
    return after ? { items, next: after } : { items }
  }
}

/** The page that a list's port gives: its items, and the token of the next one. */
export const pageOf = <T>({ items, next }: ListPart<T>): { items: T[]; nextPageToken?: string } =>
  next ? { items, nextPageToken: encodePageToken(next) } : { items }

/** Where a page of a list begins. */
export const startOf = ({ pageSize, pageToken }: { pageSize: number; pageToken?: string | undefined }) => ({
  pageSize,
  after: pageToken === undefined ? undefined : decodePageToken(pageToken),
})
