import { createHash, type Hash } from 'node:crypto'
import { mkdtemp, open, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileSource } from '@mensageria/center-files'
import { CliError } from '../cli-error.ts'
import type { Context } from '../context.ts'
import { codeOf } from '../error-code.ts'
import { EXIT } from '../exit-codes.ts'

/** The file that is imported, open as long as the import lasts. */
export type InputFile = {
  /** Where its progress is kept; a stream has none that a later run could use. */
  progressFile: string
  /** Which file it is, however it is named. */
  identity: { dev: bigint; ino: bigint }
  size: number
  source: FileSource
  /** How far the newest reading has got. */
  bytesRead(): number
  /** The hash of what the newest reading has seen. */
  sha256(): string
  /** Whether the file has been written, replaced or removed since it was opened. */
  hasChanged(): Promise<boolean>
  close(): Promise<void>
}

const READ_BYTES = 64 * 1024

const statOf = (file: string) => stat(file, { bigint: true })

// Of what is too large no more than shows it: the check refuses it, and an endless stream fills no disk.
async function* cut(input: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of input) {
    yield chunk
    bytes += chunk.length
    if (bytes > bytesMax) return
  }
}

// A stream is read once, and the file more than once: it is copied to a folder that nobody else may read.
const spool = async (
  input: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<{ path: string; folder: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'mensageria-'))
  const path = join(folder, 'input')
  try {
    await writeFile(path, cut(input, bytesMax), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return { path, folder }
}

async function* read(handle: FileHandle, hash: Hash, onRead: (bytes: number) => void, signal: AbortSignal) {
  for (let at = 0; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, at)
    signal.throwIfAborted()
    if (bytesRead === 0) return
    const chunk = buffer.subarray(0, bytesRead)
    at += bytesRead
    hash.update(chunk)
    onRead(at)
    yield chunk
  }
}

const openPath = async (path: string, { signal }: Context, folder?: string): Promise<InputFile> => {
  const handle = await open(path)
  const first = await handle.stat({ bigint: true })
  let [hash, bytes] = [createHash('sha256'), 0]
  return {
    progressFile: folder === undefined ? `${path}.progress.json` : join(folder, 'progress.json'),
    identity: first,
    size: Number(first.size),
    source: () => {
      hash = createHash('sha256')
      return read(handle, hash, (at) => (bytes = at), signal)
    },
    bytesRead: () => bytes,
    sha256: () => hash.copy().digest('hex'),
    hasChanged: async () => {
      try {
        const now = await statOf(path)
        return (
          now.ino !== first.ino ||
          now.dev !== first.dev ||
          now.size !== first.size ||
          now.mtimeNs !== first.mtimeNs
        )
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return true
        throw error
      }
    },
    close: async () => {
      await handle.close()
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whether a name stands for a stream: the standard input, or one that a shell hands over. */
export const isStream = (file: string): boolean => file === '-' || /^\/(?:dev|proc)\//.test(file)

/** Opens the file, or what comes through a pipe, of which it takes little more than so many bytes; `-` is the standard input. */
export const openInput = async (file: string, bytesMax: number, context: Context): Promise<InputFile> => {
  const { io, texts } = context
  if (file === '-') {
    const { path, folder } = await spool(io.input(), bytesMax)
    return openPath(path, context, folder)
  }
  const found = await statOf(file)
  if (found.isDirectory()) throw new CliError(EXIT.usage, texts.import.folder(file))
  if (found.isFile() && !isStream(file)) return openPath(file, context)
  const pipe = await open(file)
  const { path, folder } = await spool(pipe.createReadStream(), bytesMax)
  return openPath(path, context, folder)
}
