/** One row of an import: what to send, or why it cannot be sent, in words. */
export type Row = {
  /** From 1; the head of a table and empty rows do not count. */
  number: number
  /** Line of the file on which it begins. */
  line: number
  /** As it stands in the file: its cells, or its JSON. */
  source: readonly string[] | string
  content: { registration: Record<string, unknown> } | { fault: string }
}
