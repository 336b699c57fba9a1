type Row = Record<string, unknown>

/** A TEXT column that is never null. */
export const textOf = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`The column ${column} is no text`)
  return value
}

/** An INTEGER or REAL column that is never null. */
export const numberOf = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value !== 'number') throw new Error(`The column ${column} is no number`)
  return value
}

/** The attributes of an event: flat JSON of texts, written by us. */
export const attributesOf = (row: Row): Record<string, string> => {
  const parsed: unknown = JSON.parse(textOf(row, 'attributes'))
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]))
}

/** A stored document. We alone write it, from the same type, so it is not parsed again by a schema. */
export const docOf = <T>(row: Row): T => JSON.parse(textOf(row, 'doc'))
