import type { BoundedWriter } from './bounded-writer.ts'

// A process has 10 s from SIGTERM, and its end may take 9 s of them.
const STUCK_MS_MAX = 300
const SLOW_MS_MAX = 3_000
const STEP_MS = 10

const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes what is kept at the end of a process; true where all was written. A slow reader is waited for, up to 3 s, one that
 * reads nothing for 0.3 s.
 */
export const flushAtEnd = (writer: Pick<BoundedWriter, 'flush' | 'kept'>): boolean => {
  const startedAt = performance.now()
  let movedAt = startedAt
  let kept = writer.kept()
  while (!writer.flush()) {
    const now = performance.now()
    if (writer.kept() < kept) movedAt = now
    if (now - movedAt > STUCK_MS_MAX || now - startedAt > SLOW_MS_MAX) return false
    kept = writer.kept()
    // Nothing else runs in a process that exits.
    Atomics.wait(sleeper, 0, 0, STEP_MS)
  }
  return true
}
