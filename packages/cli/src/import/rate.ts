const WINDOW_MS = 10_000

/** How fast it goes, over the last ten seconds: rows a second, and how long what is left will take. */
export const createRate = (now: () => number) => {
  const marks = [{ at: now(), rows: 0, bytes: 0 }]
  return {
    mark: (rows: number, bytes: number): void => {
      marks.push({ at: now(), rows, bytes })
      while (marks.length > 2 && (marks[1]?.at ?? 0) < now() - WINDOW_MS) marks.shift()
    },
    read: (bytesTotal: number): { rowsPerSecond: number; leftMs: number | undefined } => {
      const [first, last] = [marks[0], marks.at(-1)]
      const ms = (last?.at ?? 0) - (first?.at ?? 0)
      if (!first || !last || ms <= 0) return { rowsPerSecond: 0, leftMs: undefined }
      const bytes = last.bytes - first.bytes
      return {
        rowsPerSecond: ((last.rows - first.rows) * 1000) / ms,
        leftMs: bytes > 0 ? ((bytesTotal - last.bytes) * ms) / bytes : undefined,
      }
    },
  }
}
