import { numberOf } from './columns.ts'
import { decodePageToken, encodePageToken } from './page-token.ts'

/** A place before the newest row there can be. */
const NEWEST = Number.MAX_SAFE_INTEGER

/** Pages of a table whose rows are numbered by `seq`, newest first. `select` gives the rows below a number. */
export const numberedPage = <T>(
  page: { pageSize: number; pageToken?: string },
  select: (below: number, limit: number) => Record<string, unknown>[],
  toItem: (row: Record<string, unknown>) => T,
): { items: T[]; nextPageToken?: string } => {
  const [below = NEWEST] = page.pageToken === undefined ? [] : decodePageToken(page.pageToken, 1)
  const rows = select(below, page.pageSize + 1)
  const shown = rows.slice(0, page.pageSize)
  const last = shown.at(-1)
  return {
    items: shown.map(toItem),
    ...(rows.length > page.pageSize && last ? { nextPageToken: encodePageToken(numberOf(last, 'seq')) } : {}),
  }
}
