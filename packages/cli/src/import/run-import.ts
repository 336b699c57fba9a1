import { writeProgress, type Progress } from './progress-file.ts'
import type { RejectFile } from './reject-file.ts'
import type { Row, RowReader } from './row.ts'
import { sendBatch, type Send, type Sent } from './send-batch.ts'

export type ImportParts = {
  reader: RowReader
  rejects: RejectFile
  progressFile: string
  /** Where it begins: the progress of an earlier run, or nothing. */
  progress: Progress
  concurrency: number
  send: Send
  /** Told after every batch. */
  onProgress: (progress: Progress, bytesRead: number) => void
  signal: AbortSignal
  now: () => number
}

// What a kill may have sent for nothing: 256 requests that change nothing a second time. Rows in memory: two batches.
const BATCH_ROWS = 256

const advance = (progress: Progress, sent: readonly Sent[], rejectBytes: number): Progress => {
  const count = (kind: Sent['kind']) => sent.filter((one) => one.kind === kind).length
  return {
    ...progress,
    rows: progress.rows + sent.length,
    registered: progress.registered + count('registered'),
    alreadyThere: progress.alreadyThere + count('alreadyThere'),
    rejected: progress.rejected + count('rejected'),
    rejectBytes,
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

/**
 * Sends every row after those that the progress has. A batch counts once all of its answers are there: first its rejected
 * rows are on the disk, then the progress. So a kill at any moment leaves both files right, and sends a batch again at most.
 */
export const runImport = async (parts: ImportParts): Promise<Progress> => {
  const { reader, rejects, progressFile, concurrency, send, onProgress, signal, now } = parts
  let progress = parts.progress
  await writeProgress(progressFile, progress)
  for await (const batch of toBatches(reader.rows, progress.rows)) {
    signal.throwIfAborted()
    const sent = await sendBatch(batch, concurrency, send)
    const rejected = batch.flatMap((row, index) => {
      const one = sent[index]
      return one?.kind === 'rejected' ? [{ row, reason: one.reason }] : []
    })
    progress = advance(progress, sent, await rejects.append(rejected))
    await writeProgress(progressFile, progress)
    onProgress(progress, reader.bytesRead())
  }
  progress = { ...progress, doneAt: new Date(now()).toISOString() }
  await writeProgress(progressFile, progress)
  return progress
}
