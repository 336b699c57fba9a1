import { createBoundedWriter, writeTo } from './bounded-writer.ts'
import { flushAtEnd } from './flush-at-end.ts'
import { writeLastWords } from './last-words.ts'
import { openOutput } from './open-output.ts'

// About 4,000 lines: a minute without a reader at ten deliveries a second.
const BYTES_MAX = 1024 * 1024
const AGAIN_MS = 100
// While a reader catches up: a pipe holds 64 KiB.
const NEXT_MS = 5

/** Where the lines of a log go. */
export type LogOutput = {
  write(line: string): void
  /** Says how the line is written that tells how many were lost. */
  onLost(tell: (lines: number) => void): void
}

/**
 * stdout, for a log that nobody has to read: while it cannot be written (no reader, no space, a terminal that is gone) lines
 * are kept up to 1 MiB, then dropped. Once it can be written again the loss is told in one line, and at the end of the
 * process also on stderr where the log still takes nothing.
 */
export const openLogOutput = (): LogOutput => {
  const writer = createBoundedWriter(writeTo(openOutput(1)), BYTES_MAX)
  let retry: NodeJS.Timeout | undefined
  let tell: ((lines: number) => void) | undefined

  const again = () => {
    retry = undefined
    const before = writer.kept()
    const lost = writer.flush() ? writer.takeDropped() : 0
    if (lost > 0) tell?.(lost)
    plan(writer.kept() < before ? NEXT_MS : AGAIN_MS)
  }
  // The timer does not keep the process alive.
  const plan = (ms: number) => {
    if (retry === undefined && writer.kept() > 0) retry = setTimeout(again, ms).unref()
  }

  process.once('exit', () => {
    const lost = writer.takeDropped()
    const isWritten = flushAtEnd(writer)
    if (isWritten && lost > 0) tell?.(lost)
    if (isWritten && flushAtEnd(writer)) return
    writeLastWords(`The log could not be written: ${lost + writer.kept()} lines are lost\n`)
  })

  return {
    write: (line) => {
      writer.write(line)
      plan(AGAIN_MS)
    },
    onLost: (how) => void (tell = how),
  }
}
