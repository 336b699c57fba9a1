import { createNameOf, readRows, rowFaultText, type CheckedFile } from '@mensageria/center-files'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { formatNumber } from '../screen/format.ts'
import { startProgressBar } from '../screen/progress-bar.ts'
import type { Start } from './find-start.ts'
import type { InputFile } from './input-file.ts'
import { Progress, readProgress, writeProgress } from './progress-file.ts'
import { createRejectFile, type RejectStart } from './reject-file.ts'
import { rejectFormatOf } from './reject-line.ts'
import type { Row } from './row.ts'
import { runImport } from './run-import.ts'
import { createSend } from './send-row.ts'

/** A file that was found right, and where its import begins. */
export type SendJob = {
  args: GlobalArgs & { file: string; concurrency: number }
  input: InputFile
  file: CheckedFile
  start: Start
  rejectFile: string
  rejectStart: RejectStart
}

// A service that restarts is waited for: its clients are many rows from the end.
const DEADLINE_MS = 120_000

async function* toRows({ input, file }: SendJob, { language }: Context): AsyncGenerator<Row> {
  for await (const row of readRows(input.source, file)) {
    const { content } = row
    const told = 'fault' in content ? { fault: rowFaultText(content.fault, language) } : content
    yield { ...row, content: told }
  }
}

const changedError = ({ args }: SendJob, rows: number, { texts, language }: Context): CliError =>
  new CliError(EXIT.usage, texts.import.changedMeanwhile(args.file, formatNumber(rows, language)))

// An import that finds another progress than it has left ends: two imports of one file would spoil each other's rejects.
const createKeep = ({ args, input, start }: SendJob, { texts }: Context) => {
  let kept = start.kind === 'goes-on' ? JSON.stringify(start.progress) : undefined
  return async (next: Progress): Promise<void> => {
    const found = kept === undefined ? undefined : await readProgress(input.progressFile)
    if (found !== undefined && JSON.stringify(found) !== kept) {
      throw new CliError(EXIT.usage, texts.import.runsTwice(args.file))
    }
    await writeProgress(input.progressFile, next)
    kept = JSON.stringify(Progress.parse(next))
  }
}

const partsOf = (job: SendJob, context: Context) => {
  const { args, input, file, start, rejectStart } = job
  const { registration } = connect(args, context, DEADLINE_MS)
  const nameOf = file.format === 'table' ? createNameOf(file.columns) : undefined
  return {
    rows: toRows(job, context),
    format: rejectFormatOf(file),
    // A reject file that a person has moved away begins with its head again.
    progress: { ...start.progress, rejectBytes: rejectStart.bytes },
    keep: createKeep(job, context),
    concurrency: args.concurrency,
    send: createSend(registration, start.progress.run, context.texts, nameOf),
    mayGoOn: async ({ rows }: Progress): Promise<void> => {
      context.signal.throwIfAborted()
      const isOther = rows === file.rows && input.sha256() !== file.sha256
      if (isOther || (await input.hasChanged())) throw changedError(job, rows, context)
    },
    now: Date.now,
  }
}

/** Sends the rows of a file. Throws where it changes meanwhile, and where the service is away. */
export const sendFile = async (job: SendJob, context: Context): Promise<Progress> => {
  const { input, file, start, rejectFile, rejectStart } = job
  const { io, texts, language } = context
  let { rows } = start.progress
  if (start.kind === 'goes-on') io.err(texts.import.resumed(formatNumber(rows, language)))
  const rejects = createRejectFile(rejectFile, rejectStart)
  const bar = startProgressBar(file.bytes, context)
  const onProgress = (next: Progress): void => {
    rows = next.rows
    bar.update(next, input.bytesRead())
  }
  try {
    return await runImport({ ...partsOf(job, context), rejects, onProgress })
  } catch (error) {
    bar.stop()
    // Where the file is wrong the same again would end the same way.
    if (error instanceof CliError && error.exitCode === EXIT.usage) throw error
    if (!context.signal.aborted && (await input.hasChanged())) throw changedError(job, rows, context)
    io.err(texts.import.interrupted(formatNumber(rows, language)))
    throw error
  } finally {
    bar.stop()
    await rejects.close()
  }
}
