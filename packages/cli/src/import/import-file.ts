import { extname, resolve } from 'node:path'
import {
  checkFile,
  createNameOf,
  fileFaultText,
  readRows,
  rowFaultText,
  type CheckedFile,
} from '@mensageria/center-files'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { formatNumber, formatTime } from '../screen/format.ts'
import { startProgressBar } from '../screen/progress-bar.ts'
import { databaseOf } from './database-of.ts'
import { findStart, type Start } from './find-start.ts'
import { openInput, type InputFile } from './input-file.ts'
import { writeProgress, type Progress } from './progress-file.ts'
import { createRejectFile, type RejectStart } from './reject-file.ts'
import { guardRejects } from './reject-guard.ts'
import { rejectFormatOf } from './reject-line.ts'
import type { Row } from './row.ts'
import { runImport } from './run-import.ts'
import { createSend } from './send-row.ts'

/** What `mensageria import` was given. */
export type ImportArgs = GlobalArgs & {
  file: string
  concurrency: number
  rejects: string | undefined
  restart: boolean
}

// A service that restarts is waited for: its clients are many rows from the end.
const DEADLINE_MS = 120_000

// Some hours of sending: a larger file is a mistake more often than not.
const LIMITS = { rows: 1_000_000, bytes: 1024 ** 3 }

const rejectFileOf = ({ file, rejects }: ImportArgs): string => {
  if (file === '-') return rejects ?? 'stdin.rejects.csv'
  const extension = extname(file)
  return rejects ?? `${file.slice(0, file.length - extension.length)}.rejects${extension}`
}

const showEnd = (args: ImportArgs, { io, texts, language }: Context, progress: Progress): void => {
  const { rows, registered, alreadyThere, rejected, rejectFile } = progress
  const asked = rejectFileOf(args)
  const rejects = rejectFile === undefined || rejectFile === resolve(asked) ? asked : rejectFile
  if (args.json)
    return io.out(JSON.stringify({ rows, registered, alreadyThere, rejected, rejectFile: rejects }))
  const count = (value: number) => formatNumber(value, language)
  io.out(texts.import.summary(count(registered), count(alreadyThere), count(rejected)))
  if (rejected > 0) io.out(texts.import.rejects(rejects))
}

async function* toRows(input: InputFile, file: CheckedFile, { language }: Context): AsyncGenerator<Row> {
  for await (const row of readRows(input.source, file)) {
    const { content } = row
    yield {
      ...row,
      content: 'fault' in content ? { fault: rowFaultText(content.fault, language) } : content,
    }
  }
}

type Job = { args: ImportArgs; input: InputFile; file: CheckedFile; start: Start; rejectStart: RejectStart }

const send = async (job: Job, context: Context): Promise<Progress> => {
  const { args, input, file, start, rejectStart } = job
  const { io, texts, language, signal } = context
  const { registration } = connect(args, context, DEADLINE_MS)
  const rejects = createRejectFile(resolve(rejectFileOf(args)), rejectStart)
  const nameOf = file.format === 'table' ? createNameOf(file.columns) : undefined
  const { progress } = start
  if (start.kind === 'goes-on') io.err(texts.import.resumed(formatNumber(progress.rows, language)))
  const bar = startProgressBar(file.bytes, context)
  let rows = progress.rows
  try {
    return await runImport({
      rows: toRows(input, file, context),
      rejects,
      format: rejectFormatOf(file),
      // A reject file that a person has moved away begins with its head again.
      progress: { ...progress, rejectBytes: rejectStart.bytes },
      keep: (next) => writeProgress(input.progressFile, next),
      concurrency: args.concurrency,
      send: createSend(registration, progress.run, texts, nameOf),
      mayGoOn: async (next) => {
        signal.throwIfAborted()
        const isRead = next.rows === file.rows && input.sha256() !== file.sha256
        if (isRead || (await input.hasChanged())) {
          throw new CliError(
            EXIT.usage,
            texts.import.changedMeanwhile(args.file, formatNumber(next.rows, language)),
          )
        }
      },
      onProgress: (next) => {
        rows = next.rows
        bar.update(next, input.bytesRead())
      },
      now: Date.now,
    })
  } catch (error) {
    bar.stop()
    // Where the file is wrong the same again would end the same way.
    const isOfFile = error instanceof CliError && error.exitCode === EXIT.usage
    if (!isOfFile) io.err(texts.import.interrupted(formatNumber(rows, language)))
    throw error
  } finally {
    bar.stop()
    await rejects.close()
  }
}

const importInput = async (args: ImportArgs, input: InputFile, context: Context): Promise<void> => {
  const { io, texts, language } = context
  const checked = await checkFile(input.source, LIMITS)
  if ('fault' in checked) {
    throw new CliError(EXIT.usage, texts.import.refused(args.file, fileFaultText(checked.fault, language)))
  }
  const { file } = checked
  const database = await databaseOf(connect(args, context).registration, texts)
  const { progressFile } = input
  const start = await findStart({ ...args, progressFile, sha256: file.sha256, database, texts: texts.import })
  if (start.kind === 'done') io.err(texts.import.doneBefore(formatTime(start.progress.doneAt, language)))
  if (start.kind === 'again' && !args.restart) io.err(texts.import.otherDatabase)
  const guarded = { file: rejectFileOf(args), input, goesOn: start.kind === 'goes-on', texts: texts.import }
  const end =
    start.kind === 'done'
      ? start.progress
      : await send(
          {
            args,
            input,
            file,
            start,
            rejectStart: await guardRejects({ ...guarded, earlier: start.earlier }),
          },
          context,
        )
  showEnd(args, context, end)
  if (end.rejected > 0) context.exitCode = EXIT.rejected
}

/** Checks a file whole, and then sends its rows. */
export const importFile = async (args: ImportArgs, context: Context): Promise<void> => {
  const { texts } = context
  if (!(Number.isInteger(args.concurrency) && args.concurrency >= 1)) {
    throw new CliError(EXIT.usage, texts.errors.notPositive('--concurrency'))
  }
  const input = await openInput(args.file, context)
  try {
    await importInput(args, input, context)
  } finally {
    await input.close()
  }
}
