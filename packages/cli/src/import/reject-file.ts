import { createHash, type Hash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'

/** What the file holds of this import: its size, and the hash of it. */
export type Written = { rejectBytes: number; rejectSha256: string }

/** Where rejected rows go. It is made with the first of them, never over another file, and nobody else may read it. */
export type RejectFile = {
  file: string
  /** Appends, on the disk when it resolves. */
  append(text: string): Promise<Written>
  close(): Promise<void>
}

/** What is there of it when an import begins: nothing, or what its progress knows. */
export type RejectStart = { isThere: boolean; bytes: number; hash: Hash }

/** No reject file is there yet. */
export const noRejects = (): RejectStart => ({ isThere: false, bytes: 0, hash: createHash('sha256') })

/** The file at its place, cut down to what `start` has found to be this import's own. */
export const createRejectFile = (file: string, start: RejectStart): RejectFile => {
  let size = start.bytes
  let opened: FileHandle | undefined
  const openOnce = async (): Promise<FileHandle> => {
    const handle = await open(file, start.isThere ? 'r+' : 'wx', 0o600)
    await handle.truncate(size)
    return handle
  }
  return {
    file,
    append: async (text) => {
      const data = Buffer.from(text)
      opened ??= await openOnce()
      await opened.write(data, 0, data.length, size)
      await opened.sync()
      size += data.length
      return { rejectBytes: size, rejectSha256: start.hash.update(data).copy().digest('hex') }
    },
    close: async () => opened?.close(),
  }
}
