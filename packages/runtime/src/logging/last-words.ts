import { createBoundedWriter, writeTo } from './bounded-writer.ts'
import { flushAtEnd } from './flush-at-end.ts'
import { openOutput } from './open-output.ts'

/** Writes a text to stderr before the process ends. Where nobody takes it, it is given up. */
export const writeLastWords = (text: string): void => {
  const writer = createBoundedWriter(writeTo(openOutput(2)), text.length * 4)
  writer.write(text)
  flushAtEnd(writer)
}
