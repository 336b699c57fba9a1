import type { Progress } from './progress-file.ts'
import type { RejectFile } from './reject-file.ts'
import type { Reject, RejectFormat } from './reject-line.ts'
import type { Row } from './row.ts'
import { sendBatch, type Send, type Sent } from './send-batch.ts'

export type ImportParts = {
  rows: AsyncIterable<Row>
  rejects: RejectFile
  format: RejectFormat
  /** Where it begins: the progress of an earlier run, or nothing. */
  progress: Progress
  /** Keeps the progress, on the disk when it resolves. */
  keep: (progress: Progress) => Promise<void>
  concurrency: number
  send: Send
  /** Asked before each batch is sent; throws to end the import. */
  mayGoOn: (progress: Progress) => Promise<void>
  /** Told after every batch. */
  onProgress: (progress: Progress) => void
  now: () => number
}

// What a kill may have sent for nothing: 256 requests that change nothing a second time. Rows in memory: two batches.
const BATCH_ROWS = 256

const lastIn = (sent: readonly Sent[]): { last: string } | undefined => {
  const ids = sent.flatMap((one) => (one.kind !== 'rejected' && one.id !== undefined ? [one.id] : []))
  const last = ids.at(-1)
  return last === undefined ? undefined : { last }
}

const count = (progress: Progress, sent: readonly Sent[]): Progress => {
  const { pending: _written, ...kept } = progress
  const of = (kind: Sent['kind']) => sent.filter((one) => one.kind === kind).length
  return {
    ...kept,
    ...lastIn(sent),
    rows: kept.rows + sent.length,
    registered: kept.registered + of('registered'),
    alreadyThere: kept.alreadyThere + of('alreadyThere'),
    rejected: kept.rejected + of('rejected'),
  }
}

async function* toBatches(rows: AsyncIterable<Row>, after: number): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    if (row.number <= after) continue
    batch.push(row)
    if (batch.length < BATCH_ROWS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

// The progress names the file and what comes next before either is written: so both can be told from a person's own.
const appendRejects = async (
  progress: Progress,
  rejected: readonly Reject[],
  { rejects, format, keep }: ImportParts,
): Promise<Progress> => {
  if (rejected.length === 0) return progress
  const lines = rejected.map(format.line).join('')
  const text = progress.rejectBytes === 0 ? format.head + lines : lines
  const announced = { ...progress, rejectFile: rejects.file, pending: text }
  await keep(announced)
  return { ...announced, ...(await rejects.append(text)) }
}

/**
 * Sends every row after those that the progress has. A batch counts once all of its answers are there: first its rejected
 * rows are on the disk, then the progress. So a kill at any moment leaves both files right, and sends a batch again at most.
 */
export const runImport = async (parts: ImportParts): Promise<Progress> => {
  const { rows, keep, concurrency, send, mayGoOn, onProgress, now } = parts
  let progress = parts.progress
  await keep(progress)
  for await (const batch of toBatches(rows, progress.rows)) {
    await mayGoOn(progress)
    const sent = await sendBatch(batch, concurrency, send)
    const rejected = batch.flatMap((row, index) => {
      const one = sent[index]
      return one?.kind === 'rejected' ? [{ row, reason: one.reason }] : []
    })
    progress = count(await appendRejects(progress, rejected, parts), sent)
    await keep(progress)
    onProgress(progress)
  }
  await mayGoOn(progress)
  progress = { ...progress, doneAt: new Date(now()).toISOString() }
  await keep(progress)
  return progress
}
