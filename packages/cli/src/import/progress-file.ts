import { open, readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { codeOf } from '../error-code.ts'

/** How far an import has got; all of it is behind what the service has answered. */
export const Progress = z.strictObject({
  /** Of the input, so that rows are not passed over in another file. */
  sha256: z.string(),
  url: z.string(),
  /** Part of each Idempotency-Key: a row that is sent again after a kill is the same request. */
  run: z.uuid(),
  rows: z.int().min(0),
  registered: z.int().min(0),
  alreadyThere: z.int().min(0),
  rejected: z.int().min(0),
  /** Size of the reject file; what is beyond it was written by a run that was killed, and is written again. */
  rejectBytes: z.int().min(0),
  doneAt: z.iso.datetime().optional(),
})
export type Progress = z.output<typeof Progress>

/** Reads it; undefined where there is none, `broken` where it cannot be read. */
export const readProgress = async (file: string): Promise<Progress | 'broken' | undefined> => {
  try {
    return Progress.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : 'broken'
  }
}

/** Writes it whole or not at all, on the disk when it resolves. */
export const writeProgress = async (file: string, progress: Progress): Promise<void> => {
  const beside = `${file}.new`
  const handle = await open(beside, 'w')
  try {
    await handle.writeFile(`${JSON.stringify(progress, undefined, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
}
