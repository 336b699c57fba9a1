import type { Row } from './row.ts'

/** What became of a row. */
export type Sent = { kind: 'registered' | 'alreadyThere'; id?: string } | { kind: 'rejected'; reason: string }

/** Sends one row; throws where the whole import must stop. */
export type Send = (row: Row & { content: { registration: Record<string, unknown> } }) => Promise<Sent>

const keyOf = ({ content, number }: Row): string => {
  const taxId = 'registration' in content ? content.registration['taxId'] : undefined
  return typeof taxId === 'string' ? taxId.replaceAll(/[^\dA-Za-z]/g, '').toUpperCase() : `row ${number}`
}

const sendOne = async (row: Row, send: Send): Promise<Sent> => {
  const { content } = row
  if ('fault' in content) return { kind: 'rejected', reason: content.fault }
  return send({ ...row, content })
}

/**
 * Sends rows, so many at once, and resolves with what became of each, in their order. Rows of one CNPJ go one after the
 * other: which of them is the first must not be a matter of luck.
 */
export const sendBatch = async (rows: readonly Row[], concurrency: number, send: Send): Promise<Sent[]> => {
  const waiting = [...Map.groupBy(rows.entries(), ([, row]) => keyOf(row)).values()]
  const sent = Array.from<Sent>({ length: rows.length })
  const work = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      for (const [index, row] of group) sent[index] = await sendOne(row, send)
    }
  }
  const workers = Array.from({ length: concurrency }, work)
  try {
    await Promise.all(workers)
  } catch (error) {
    // The others end with the row that they have.
    waiting.length = 0
    await Promise.allSettled(workers)
    throw error
  }
  return sent
}
