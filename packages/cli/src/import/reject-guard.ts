import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { codeOf } from '../error-code.ts'
import { EXIT } from '../exit-codes.ts'
import type { Texts } from '../language/language.ts'
import type { InputFile } from './input-file.ts'
import type { Progress } from './progress-file.ts'
import { noRejects, type RejectStart } from './reject-file.ts'

const unlessAbsent = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error
}

const isSameFile = async (file: string, { identity }: InputFile): Promise<boolean> => {
  const found = await stat(file, { bigint: true }).catch(unlessAbsent)
  return found !== undefined && found.dev === identity.dev && found.ino === identity.ino
}

// Disks that do not tell cases apart would make one file of both.
const isSamePath = (one: string, other: string): boolean =>
  resolve(one).toLowerCase() === resolve(other).toLowerCase()

// What the file holds of the import whose progress this is; undefined where a person has written in it.
const readOwn = async (file: string, progress: Progress): Promise<RejectStart | undefined> => {
  const { rejectBytes: bytes, rejectSha256, pending = '' } = progress
  const [all, tail] = [createHash('sha256'), Buffer.from(pending)]
  let [at, isPending] = [0, true]
  for await (const chunk of createReadStream(file)) {
    if (!(chunk instanceof Uint8Array)) continue
    const known = chunk.subarray(0, Math.max(0, bytes - at))
    all.update(known)
    const beyond = chunk.subarray(known.length)
    const from = Math.max(0, at - bytes)
    isPending &&= Buffer.compare(beyond, tail.subarray(from, from + beyond.length)) === 0
    at += chunk.length
  }
  const isKnown = bytes === 0 || all.copy().digest('hex') === rejectSha256
  return at >= bytes && isKnown && isPending ? { isThere: true, bytes, hash: all } : undefined
}

type Asked = {
  file: string
  input: InputFile
  /** Of an earlier run of the same content, whether it goes on or begins anew. */
  earlier: Progress | undefined
  goesOn: boolean
  texts: Texts['import']
}

/**
 * Says what is there of the reject file, before anything is opened for writing. Throws where the file is the input, or anything
 * that this import has not written itself, or that a person has changed since.
 */
export const guardRejects = async (asked: Asked): Promise<RejectStart> => {
  const { file, input, earlier, goesOn, texts } = asked
  if ((await isSameFile(file, input)) || isSamePath(file, input.progressFile)) {
    throw new CliError(EXIT.usage, texts.rejectsIsInput(file))
  }
  const found = await lstat(file).catch(unlessAbsent)
  if (found === undefined) return noRejects()
  const isNamed = earlier?.rejectFile !== undefined && resolve(earlier.rejectFile) === resolve(file)
  if (!isNamed || !found.isFile()) throw new CliError(EXIT.usage, texts.rejectsExists(file))
  const own = await readOwn(file, earlier)
  if (own === undefined) throw new CliError(EXIT.usage, texts.rejectsChanged(file))
  if (goesOn) return own
  // The same rows are sent once more: what they are refused for is written anew.
  await rm(file)
  return noRejects()
}
