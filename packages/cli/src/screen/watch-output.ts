import type { Writable } from 'node:stream'
import { codeOf } from '../error-code.ts'

/** What became of the output of a command. */
export type Output = {
  /** Aborted once nobody takes it any more. */
  ended: AbortSignal
  /** Waits until all of it is written, and says why it could not be; a reader that has seen enough is no fault. */
  finish(): Promise<NodeJS.ErrnoException | undefined>
}

/** Watches what a command writes to: a closed pipe (`| head`), a full disk and a lost terminal end no command by themselves. */
export const watchOutput = (stdout: Writable, stderr: Writable): Output => {
  const ended = new AbortController()
  let fault: Error | undefined
  stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') fault ??= error
    ended.abort()
  })
  // There is no place left where that could be said.
  stderr.on('error', () => undefined)
  return {
    ended: ended.signal,
    finish: async () => {
      if (!ended.signal.aborted) await new Promise<void>((resolve) => stdout.write('', () => resolve()))
      return fault
    },
  }
}
