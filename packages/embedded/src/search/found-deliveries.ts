import { parseStoredRow, type FoundDelivery } from '@mensageria/core'
import { numberOf, textOf } from '../database/columns.ts'

type Row = Record<string, unknown>

/** The columns of a center `c` that a found delivery has, and the keys of a search by text. */
export const CENTER_COLUMNS = `c.id AS center_id, c.seq, c.version AS center_version, c.created_at,
  c.doc ->> 'updatedAt' AS accepted_at, c.name_key, c.code_key, c.tax_id`

/** A center at an integration as the port gives it; `row.doc` is the delivery's, null where there is none. */
export const toFound = (row: Row, integration: string): FoundDelivery => ({
  integration,
  centerId: textOf(row, 'center_id'),
  centerVersion: numberOf(row, 'center_version'),
  createdAt: numberOf(row, 'created_at'),
  acceptedAt: Date.parse(textOf(row, 'accepted_at')),
  row: row['doc'] === null ? undefined : parseStoredRow(textOf(row, 'doc')),
})
