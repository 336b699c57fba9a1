import { writeSync } from 'node:fs'

/** Writes as much of the bytes as goes at once, and says how many; throws where nothing goes. */
export type WriteSome = (bytes: Uint8Array) => number

/** Lines on their way to a place that may refuse them. */
export type BoundedWriter = {
  /** Writes a line at once where that goes, else keeps it; drops it where too much is kept. Never throws or waits. */
  write(line: string): void
  /** Tries to write what is kept; true once nothing is. */
  flush(): boolean
  /** Lines that were dropped since the last call of this. */
  takeDropped(): number
  /** Lines that are kept, the one that is written in part among them. */
  kept(): number
}

/** A writer that keeps at most `bytesMax` of what cannot be written now, in order. */
export const createBoundedWriter = (writeSome: WriteSome, bytesMax: number): BoundedWriter => {
  const lines: Uint8Array[] = []
  let bytes = 0
  let dropped = 0

  const flush = (): boolean => {
    try {
      for (let line = lines[0]; line !== undefined; line = lines[0]) {
        const written = writeSome(line)
        bytes -= written
        // The rest of a line stays first, so that it is whole in the end.
        if (written < line.length) lines[0] = line.subarray(written)
        else lines.shift()
      }
    } catch {
      return false
    }
    return true
  }

  return {
    write: (line) => {
      const encoded = Buffer.from(line)
      if (bytes + encoded.length > bytesMax) {
        dropped += 1
        return
      }
      lines.push(encoded)
      bytes += encoded.length
      // Behind others it waits for their turn: each try is a system call.
      if (lines.length === 1) flush()
    },
    flush,
    takeDropped: () => {
      const count = dropped
      dropped = 0
      return count
    },
    kept: () => lines.length,
  }
}

/** Writes to a descriptor. */
export const writeTo =
  (fd: number): WriteSome =>
  (bytes) =>
    writeSync(fd, bytes)
