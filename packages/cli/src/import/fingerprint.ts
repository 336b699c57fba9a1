import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What a file is: its size and a hash of all of it; `utf8` says whether it can be read as text. */
export const fingerprintOf = async (
  file: string,
): Promise<{ bytes: number; sha256: string; utf8: boolean }> => {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let utf8 = true
  for await (const chunk of createReadStream(file)) {
    if (!(chunk instanceof Uint8Array)) continue
    hash.update(chunk)
    bytes += chunk.length
    try {
      if (utf8) decoder.decode(chunk, { stream: true })
    } catch {
      utf8 = false
    }
  }
  return { bytes, sha256: hash.digest('hex'), utf8 }
}
