import {
  InvalidPageTokenError,
  type DeliveryFilter,
  type DeliveryPage,
  type DeliverySearch,
  type FoundDelivery,
} from '@mensageria/core'
import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '../database/columns.ts'
import {
  CENTER_COLUMNS,
  missingCanFit,
  missingFits,
  rowFits,
  SHOWN_STATES,
  toFound,
  toMissing,
} from './found-deliveries.ts'
import type { Read } from '../database/group-commit.ts'
import { decodePageToken, encodePageToken } from '../database/page-token.ts'

type Row = Record<string, unknown>
type Integration = { name: string; since?: number }
/** Part of a page, and below which number the next part begins; absent where nothing is left. */
type Part = { items: FoundDelivery[]; below?: number }

const NEWEST = Number.MAX_SAFE_INTEGER
// What one request looks at, at most: what no index answers is compared row by row, and a page may end early for it.
const SCAN_LIMIT = 200
const ROUNDS = 10
const SPAN = 1000
// Up to so many centers that fit a text are looked up one by one.
const CENTERS_MAX = 200
const AFTER_ALL = '\u{10FFFF}'

const prepare = (db: DatabaseSync) => {
  const rowColumns = `d.rowid AS seq, d.integration, d.shown, d.kind, d.cause, d.attempted_at, d.doc, ${CENTER_COLUMNS}`
  // CROSS: the deliveries come first, in the order of their index.
  const rows = (condition: string) =>
    db.prepare(
      `SELECT ${rowColumns} FROM deliveries d CROSS JOIN centers c ON c.id = d.center_id
       WHERE d.integration = ? AND ${condition} AND d.rowid < ? ORDER BY d.rowid DESC LIMIT ?`,
    )
  return {
    byState: rows('d.shown = ?'),
    byCause: rows('d.shown = ? AND d.cause = ?'),
    missing: db.prepare(
      `SELECT c.seq, ${CENTER_COLUMNS} FROM centers c
       WHERE c.seq < ? AND c.seq >= ? AND NOT EXISTS (
         SELECT 1 FROM deliveries d WHERE d.center_id = c.id AND d.integration = ?) ORDER BY c.seq DESC LIMIT ?`,
    ),
    newestCenter: db.prepare('SELECT max(seq) AS seq FROM centers'),
    one: db.prepare(
      `SELECT ${rowColumns} FROM deliveries d CROSS JOIN centers c ON c.id = d.center_id
       WHERE d.center_id = ? AND d.integration = ?`,
    ),
    center: db.prepare(`SELECT c.seq, ${CENTER_COLUMNS} FROM centers c WHERE c.id = ?`),
    byText: db.prepare(
      `SELECT c.seq, ${CENTER_COLUMNS} FROM centers c WHERE (c.name_key >= ? AND c.name_key < ?)
       OR (c.code_key >= ? AND c.code_key < ?) OR (c.tax_id >= ? AND c.tax_id < ?) LIMIT ${CENTERS_MAX + 1}`,
    ),
  }
}

type Statements = ReturnType<typeof prepare>

// Newest first over several lists, each in that order: only what lies above the end of every list that was cut is known.
const mergeDown = (lists: readonly Row[][], limit: number): { rows: Row[]; frontier: number } => {
  const ends = lists.flatMap((list) => (list.length < limit ? [] : list.slice(-1)))
  const frontier = Math.max(0, ...ends.map((row) => numberOf(row, 'seq')))
  const rows = lists
    .flat()
    .filter((row) => numberOf(row, 'seq') >= frontier)
    .toSorted((a, b) => numberOf(b, 'seq') - numberOf(a, 'seq'))
  return { rows, frontier }
}

const createRowPages = (statements: Statements) => {
  const select = (name: string, state: string, cause: string | undefined, below: number, limit: number) =>
    cause === undefined
      ? statements.byState.all(name, state, below, limit)
      : statements.byCause.all(name, state, cause, below, limit)

  /** Rows below a number that fit. */
  return (filter: DeliveryFilter, names: readonly string[], start: number, pageSize: number): Part => {
    const { kind, q, since, until, cause, states = SHOWN_STATES } = filter
    const isExact = [kind, q, since, until].every((part) => part === undefined)
    const limit = isExact ? Math.min(SCAN_LIMIT, pageSize + 1) : SCAN_LIMIT
    const items: FoundDelivery[] = []
    let below = start
    for (let round = 0; round < ROUNDS; round++) {
      const lists = names.flatMap((name) => states.map((state) => select(name, state, cause, below, limit)))
      const { rows, frontier } = mergeDown(lists, limit)
      for (const row of rows) {
        if (items.length === pageSize) return { items, below }
        below = numberOf(row, 'seq')
        if (rowFits(row, filter)) items.push(toFound(row))
      }
      if (frontier === 0) return { items }
    }
    return { items, below }
  }
}

const createMissingPages =
  (statements: Statements) =>
  /** Centers below a number for which the integration has no row. */
  (filter: DeliveryFilter, integration: Integration, start: number, pageSize: number): Part => {
    const items: FoundDelivery[] = []
    const newest = statements.newestCenter.get()?.['seq']
    let below = Math.min(start, typeof newest === 'number' ? newest + 1 : 1)
    for (let round = 0; round < ROUNDS && below > 1; round++) {
      const lowest = Math.max(1, below - SPAN)
      const room = pageSize - items.length
      if (room === 0) return { items, below }
      const centers = statements.missing.all(below, lowest, integration.name, room)
      const last = centers.at(-1)
      below = centers.length === room && last ? numberOf(last, 'seq') : lowest
      items.push(
        ...centers
          .filter((center) => missingFits(center, filter, integration))
          .map((center) => toMissing(center, integration.name)),
      )
    }
    return below > 1 ? { items, below } : { items }
  }

/** Pages over a few known centers: each of them at each integration, looked up by its key. */
const createCenterPages =
  (statements: Statements) =>
  (
    filter: DeliveryFilter,
    integrations: readonly Integration[],
    centers: readonly Row[],
    { pageSize, pageToken }: { pageSize: number; pageToken?: string },
  ): DeliveryPage => {
    const [startSeq = NEWEST, startPlace = 1] = pageToken === undefined ? [] : decodePageToken(pageToken, 2)
    const items: FoundDelivery[] = []
    for (const center of centers.toSorted((a, b) => numberOf(b, 'seq') - numberOf(a, 'seq'))) {
      const seq = numberOf(center, 'seq')
      if (seq > startSeq) continue
      for (const [index, integration] of integrations.entries()) {
        if (seq === startSeq && index + 1 < startPlace) continue
        const row = statements.one.get(textOf(center, 'center_id'), integration.name)
        const fits = row
          ? rowFits(row, filter)
          : missingCanFit(filter) && missingFits(center, filter, integration)
        if (!fits) continue
        if (items.length === pageSize) return { items, nextPageToken: encodePageToken(seq, index + 1) }
        items.push(row ? toFound(row) : toMissing(center, integration.name))
      }
    }
    return { items }
  }

/** The delivery search port: rows by state and cause, then the centers that have none, each newest first. */
export const createDeliverySearch = (
  db: DatabaseSync,
  read: Read,
  configured: readonly Integration[],
): DeliverySearch => {
  const statements = prepare(db)
  const rowPage = createRowPages(statements)
  const missingPage = createMissingPages(statements)
  const centerPage = createCenterPages(statements)

  const centersOf = ({ centerId, q }: DeliveryFilter): Row[] | undefined => {
    if (centerId !== undefined) {
      const found = statements.center.get(centerId)
      return found ? [found] : []
    }
    if (q === undefined) return undefined
    const upper = q.toUpperCase()
    const found = statements.byText.all(q, q + AFTER_ALL, q, q + AFTER_ALL, upper, upper + AFTER_ALL)
    return found.length > CENTERS_MAX ? undefined : found
  }

  const find: (...args: Parameters<DeliverySearch['find']>) => DeliveryPage = (filter, page) => {
    const integrations = configured.filter(
      ({ name }) => filter.integration === undefined || filter.integration === name,
    )
    const centers = centersOf(filter)
    if (centers) return centerPage(filter, integrations, centers, page)
    // Phase 1 are the rows; each phase after it the centers without a row of one integration.
    let [phase = 1, below = NEWEST] = page.pageToken === undefined ? [] : decodePageToken(page.pageToken, 2)
    const phases = missingCanFit(filter) ? integrations.length + 1 : 1
    if (phase > phases) throw new InvalidPageTokenError('Unknown page')
    const items: FoundDelivery[] = []
    for (; phase <= phases; phase++) {
      if (items.length === page.pageSize) return { items, nextPageToken: encodePageToken(phase, below) }
      const integration = integrations[phase - 2]
      const room = page.pageSize - items.length
      const names = integrations.map(({ name }) => name)
      const part = integration
        ? missingPage(filter, integration, below, room)
        : rowPage(filter, names, below, room)
      items.push(...part.items)
      if (part.below !== undefined) return { items, nextPageToken: encodePageToken(phase, part.below) }
      below = NEWEST
    }
    return { items }
  }

  return { find: (filter, page) => read(() => find(filter, page)) }
}
