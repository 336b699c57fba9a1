import { randomUUID } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Argv } from 'yargs'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs, type GlobalOptions } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { columnOf } from '../import/columns.ts'
import { fingerprintOf } from '../import/fingerprint.ts'
import { readProgress, type Progress } from '../import/progress-file.ts'
import { readCsv } from '../import/read-csv.ts'
import { readNdjson } from '../import/read-ndjson.ts'
import { openRejectFile } from '../import/reject-file.ts'
import type { RowReader } from '../import/row.ts'
import { runImport } from '../import/run-import.ts'
import { createSend } from '../import/send-row.ts'
import { formatNumber, formatTime } from '../screen/format.ts'
import { startProgressBar } from '../screen/progress-bar.ts'

type Args = GlobalArgs & {
  file: string
  concurrency: number
  rejects: string | undefined
  restart: boolean
}

// A service that restarts is waited for: its clients are many rows from the end.
const DEADLINE_MS = 120_000

const readRows = async (file: string, { texts }: Context): Promise<RowReader> => {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return readCsv(file, texts.import)
    case '.ndjson':
    case '.jsonl':
      return readNdjson(file, texts.import)
    default:
      throw new CliError(EXIT.usage, texts.import.format)
  }
}

/** Where this import begins: at the start, or where an earlier run of the same file to the same address ended. */
const progressOf = async (
  { file, url, restart }: Args,
  sha256: string,
  { texts }: Context,
): Promise<Progress> => {
  const kept = restart ? undefined : await readProgress(progressFileOf(file))
  if (kept === 'broken') throw new CliError(EXIT.usage, texts.import.badProgress(progressFileOf(file)))
  if (kept?.sha256 === sha256 && kept.url === url) return kept
  if (kept && kept.doneAt === undefined) throw new CliError(EXIT.usage, texts.import.changed)
  const counts = { rows: 0, registered: 0, alreadyThere: 0, rejected: 0, rejectBytes: 0 }
  return { sha256, url, run: randomUUID(), ...counts }
}

const progressFileOf = (file: string): string => `${file}.progress.json`

const rejectFileOf = ({ file, rejects }: Args): string => {
  const extension = extname(file)
  return rejects ?? `${file.slice(0, file.length - extension.length)}.rejects${extension}`
}

const showEnd = (args: Args, { io, texts, language }: Context, progress: Progress): void => {
  const { rows, registered, alreadyThere, rejected } = progress
  const rejectFile = rejectFileOf(args)
  if (args.json) return io.out(JSON.stringify({ rows, registered, alreadyThere, rejected, rejectFile }))
  const count = (value: number) => formatNumber(value, language)
  io.out(texts.import.summary(count(registered), count(alreadyThere), count(rejected)))
  if (rejected > 0) io.out(texts.import.rejects(rejectFile))
}

const importRows = async (
  args: Args,
  context: Context,
  start: Progress,
  bytes: number,
): Promise<Progress> => {
  const { io, texts, language, signal } = context
  const reader = await readRows(args.file, context)
  const rejects = await openRejectFile(rejectFileOf(args), reader, start.rejectBytes)
  const { registration } = connect(args, context, DEADLINE_MS)
  if (start.rows > 0) io.err(texts.import.resumed(formatNumber(start.rows, language)))
  const bar = startProgressBar(bytes, context)
  let rows = start.rows
  try {
    return await runImport({
      reader,
      rejects,
      progressFile: progressFileOf(args.file),
      progress: { ...start, rejectBytes: rejects.bytes },
      concurrency: args.concurrency,
      send: createSend(registration, start.run, texts, reader.head ? columnOf : undefined),
      onProgress: (progress, bytesRead) => {
        rows = progress.rows
        bar.update(progress, bytesRead)
      },
      signal,
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

const run = async (args: Args, context: Context): Promise<void> => {
  const { io, texts, language } = context
  if (!(Number.isInteger(args.concurrency) && args.concurrency >= 1)) {
    throw new CliError(EXIT.usage, texts.errors.notPositive('--concurrency'))
  }
  if ((await stat(args.file)).isDirectory()) throw new CliError(EXIT.usage, texts.import.folder(args.file))
  const { bytes, sha256, utf8 } = await fingerprintOf(args.file)
  if (!utf8) throw new CliError(EXIT.usage, texts.import.notUtf8(args.file))
  const start = await progressOf(args, sha256, context)
  const isDone = start.doneAt !== undefined
  if (isDone) io.err(texts.import.doneBefore(formatTime(start.doneAt, language)))
  const end = isDone ? start : await importRows(args, context, start, bytes)
  // A file with nothing but its head would look like one with something to do. It is this run's own: where nothing was sent,
  // what is there is somebody else's.
  if (!isDone && end.rejected === 0) await rm(rejectFileOf(args), { force: true })
  showEnd(args, context, end)
  if (end.rejected > 0) context.exitCode = EXIT.rejected
}

/** `mensageria import FILE` */
export const addImport = (cli: Argv<GlobalOptions>, context: Context): void => {
  const { options, commands } = context.texts
  cli.command(
    'import <file>',
    commands.import,
    (command) =>
      command
        .positional('file', { type: 'string', demandOption: true })
        .option('concurrency', { type: 'number', default: 32, describe: options.concurrency })
        .option('rejects', { type: 'string', describe: options.rejects })
        .option('restart', { type: 'boolean', default: false, describe: options.restart })
        .example('$0 import centers.csv', '')
        .example('$0 import centers.ndjson --concurrency 8', ''),
    (args) => run(args, context),
  )
}
