import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { codeOf } from '../error-code.ts'

/** How far an import has got; all of it is behind what the service has answered. */
export const Progress = z.strictObject({
  /** Of the input, so that rows are not passed over in another file. */
  sha256: z.string(),
  url: z.string(),
  /** The database that has the rows, so that another one gets them all. */
  database: z.string().optional(),
  /** The center of the last row that was taken: a database without it is older than this. */
  last: z.string().optional(),
  /** Part of each Idempotency-Key: a row that is sent again after a kill is the same request. */
  run: z.uuid(),
  rows: z.int().min(0),
  registered: z.int().min(0),
  alreadyThere: z.int().min(0),
  rejected: z.int().min(0),
  /** The reject file that this import made: no other is written. */
  rejectFile: z.string().optional(),
  /** Its size and hash: it is written on only where nobody has changed it. */
  rejectBytes: z.int().min(0),
  rejectSha256: z.string().optional(),
  /** What is about to be appended to it: behind its end there is nothing else, but for a person's own text. */
  pending: z.string().optional(),
  doneAt: z.iso.datetime().optional(),
})
export type Progress = z.output<typeof Progress>

/** Reads it; undefined where there is none, `foreign` where the file is something else. */
export const readProgress = async (file: string): Promise<Progress | 'foreign' | undefined> => {
  try {
    return Progress.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : 'foreign'
  }
}

/** Writes it whole or not at all, on the disk when it resolves. Nobody else may read it. */
export const writeProgress = async (file: string, progress: Progress): Promise<void> => {
  const beside = `${file}.${randomUUID()}`
  const handle = await open(beside, 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(progress, undefined, 2)}\n`)
    await handle.sync()
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}
