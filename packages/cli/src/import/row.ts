/** One row of an import: what to send, or why it cannot be sent. */
export type Row = {
  /** From 1; the head of a CSV file does not count. */
  number: number
  /** Line of the file on which it begins. */
  line: number
  /** As it stands in the file: its fields, or its text. */
  source: readonly string[] | string
  content: { registration: Record<string, unknown> } | { fault: string }
}

/** A file that is read row by row. `bytesRead` says how far it has got. */
export type RowReader = {
  /** The columns of a CSV file; undefined for NDJSON. */
  head: readonly string[] | undefined
  /** What separates them. */
  delimiter: string
  rows: AsyncIterable<Row>
  bytesRead(): number
}

/** No registration is longer: the service takes no more than this. */
export const ROW_BYTES_MAX = 64 * 1024
