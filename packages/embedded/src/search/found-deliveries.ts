import { parseStoredRow, type DeliveryFilter, type FoundDelivery, type ShownState } from '@mensageria/core'
import { numberOf, textOf } from '../database/columns.ts'

type Row = Record<string, unknown>

/** Every state that a delivery can be shown in. */
export const SHOWN_STATES: readonly ShownState[] = [
  'waiting',
  'delivering',
  'retrying',
  'parked',
  'rejected',
  'delivered',
]

/** The columns of a center that a search compares. */
export const CENTER_COLUMNS = `c.id AS center_id, c.version AS center_version, c.doc ->> 'createdAt' AS created_at,
  c.name_key, c.code_key, c.tax_id`

/** Whether the center's name, code or taxId begins with the text. */
const matchesText = (row: Row, q: string | undefined): boolean =>
  q === undefined ||
  [
    [row['name_key'], q],
    [row['code_key'], q],
    [row['tax_id'], q.toUpperCase()],
  ].some(([value, start]) => typeof value === 'string' && value.startsWith(String(start)))

const inTime = (at: number, { since, until }: DeliveryFilter): boolean =>
  at >= (since ?? 0) && at < (until ?? Number.POSITIVE_INFINITY)

/** Whether a row fits what the index did not answer. */
export const rowFits = (row: Row, filter: DeliveryFilter): boolean =>
  (filter.states === undefined || filter.states.some((state) => state === row['shown'])) &&
  (filter.kind === undefined || row['kind'] === filter.kind) &&
  (filter.cause === undefined || row['cause'] === filter.cause) &&
  inTime(numberOf(row, 'attempted_at'), filter) &&
  matchesText(row, filter.q)

/** Whether a delivery without a row can fit at all: it has no failure, and waits. */
export const missingCanFit = ({ states, kind, cause }: DeliveryFilter): boolean =>
  kind === undefined && cause === undefined && (states === undefined || states.includes('waiting'))

/** Whether a center without a row waits for the integration, whose own centers begin at `since`, and fits. */
export const missingFits = (
  center: Row,
  filter: DeliveryFilter,
  { since = 0 }: { since?: number },
): boolean => {
  const createdAt = Date.parse(textOf(center, 'created_at'))
  return (
    (filter.backfill === true || createdAt >= since) &&
    inTime(createdAt, filter) &&
    matchesText(center, filter.q)
  )
}

/** A row with its center, as the port gives it. */
export const toFound = (row: Row): FoundDelivery => ({
  integration: textOf(row, 'integration'),
  centerId: textOf(row, 'center_id'),
  centerVersion: numberOf(row, 'center_version'),
  row: parseStoredRow(textOf(row, 'doc')),
})

/** A center for which the integration has no row. */
export const toMissing = (center: Row, integration: string): FoundDelivery => ({
  integration,
  centerId: textOf(center, 'center_id'),
  centerVersion: numberOf(center, 'center_version'),
  row: undefined,
})
