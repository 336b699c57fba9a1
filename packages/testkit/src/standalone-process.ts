import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const MAIN = join(import.meta.dirname, '../../../services/standalone/src/main.ts')
const READY = /Mensageria is ready: (http:\/\/[^\s,]+)/

/** A standalone in a process of its own, as a user starts it. */
export type StandaloneProcess = {
  url: string
  pid: number
  /** Every line that it wrote so far, stdout and stderr. */
  lines: string[]
  /** Ends it with a signal and resolves with its exit code (null after SIGKILL). */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit code whenever it ends. */
  ended: Promise<number | null>
}

/** The process ended before it was ready; the message has its last lines. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
}

/**
 * Starts a standalone (or another entry point with the same ready line) with the given environment, which is all that it
 * gets besides PATH. Resolves when it is ready.
 */
export const startStandaloneProcess = async (
  env: Readonly<Record<string, string>>,
  entry: string = MAIN,
): Promise<StandaloneProcess> => {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ended = once(child, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null))
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const ready = READY.exec(line)?.[1]
        if (ready !== undefined) resolve(ready)
      })
    }
    void ended.then((code) =>
      reject(new NotReadyError(`It ended with ${code}: ${lines.slice(-5).join('\n')}`)),
    )
  })
  return {
    url,
    pid: child.pid ?? 0,
    lines,
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}
