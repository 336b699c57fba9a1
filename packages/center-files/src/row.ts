import type { RowFault } from './fault.ts'

/** One row: what to send, or why it cannot be sent. */
export type Row = {
  /** From 1; the head and empty rows do not count. */
  number: number
  /** Line of the file on which it begins. */
  line: number
  /** As it stands in the file: its cells, or its JSON. */
  source: readonly string[] | string
  content: { registration: Record<string, unknown> } | { fault: RowFault }
}

/** Gives the bytes of a file, from its start at every call: it is read more than once. */
export type FileSource = () => AsyncIterable<Uint8Array>

/** How large a file may be. */
export type Limits = { rows: number; bytes: number }

/** No registration is longer: the service takes no more than this. */
export const ROW_BYTES_MAX = 64 * 1024
