import { extname, resolve } from 'node:path'
import { checkFile, fileFaultText } from '@mensageria/center-files'
import { CliError } from '../cli-error.ts'
import { connect, type Context, type GlobalArgs } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { formatNumber, formatTime } from '../screen/format.ts'
import { databaseOf, hasCenter } from './database-of.ts'
import { findStart } from './find-start.ts'
import { isStream, openInput, type InputFile } from './input-file.ts'
import type { Progress } from './progress-file.ts'
import { guardRejects } from './reject-guard.ts'
import { sendFile } from './send-file.ts'

/** What `mensageria import` was given. */
export type ImportArgs = GlobalArgs & {
  file: string
  concurrency: number
  rejects: string | undefined
  restart: boolean
}

// Some hours of sending: a larger file is a mistake more often than not.
const LIMITS = { rows: 1_000_000, bytes: 1024 ** 3 }

// From here on the check takes seconds.
const SAID_BYTES = 10 * 1024 ** 2

// What comes through a pipe has no place of its own: its rejects go where the command runs.
const rejectFileOf = ({ file, rejects }: ImportArgs): string => {
  if (rejects !== undefined) return rejects
  if (isStream(file)) return 'stdin.rejects.csv'
  const extension = extname(file)
  return `${file.slice(0, file.length - extension.length)}.rejects${extension}`
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

const importInput = async (args: ImportArgs, input: InputFile, context: Context): Promise<void> => {
  const { io, texts, language } = context
  if (input.size > SAID_BYTES) io.err(texts.import.checking)
  const checked = await checkFile(input.source, LIMITS)
  if ('fault' in checked) {
    throw new CliError(EXIT.usage, texts.import.refused(args.file, fileFaultText(checked.fault, language)))
  }
  const { file } = checked
  const { registration } = connect(args, context)
  const database = await databaseOf(registration, texts)
  const { progressFile } = input
  const start = await findStart({
    ...args,
    progressFile,
    sha256: file.sha256,
    database,
    hasCenter: (id) => hasCenter(registration, id, texts),
    texts: texts.import,
  })
  if (start.kind === 'done') io.err(texts.import.doneBefore(formatTime(start.progress.doneAt, language)))
  if (start.kind === 'again' && !args.restart) io.err(texts.import.otherDatabase)
  const rejectFile = resolve(rejectFileOf(args))
  const goesOn = start.kind === 'goes-on'
  const guarded = { file: rejectFileOf(args), input, earlier: start.earlier, goesOn, texts: texts.import }
  const end =
    start.kind === 'done'
      ? start.progress
      : await sendFile(
          { args, input, file, start, rejectFile, rejectStart: await guardRejects(guarded) },
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
  if (args.rejects === '') throw new CliError(EXIT.usage, texts.errors.notEmpty('--rejects'))
  const input = await openInput(args.file, LIMITS.bytes, context)
  try {
    await importInput(args, input, context)
  } finally {
    await input.close()
  }
}
