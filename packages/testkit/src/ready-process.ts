import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

/** The root of the workspace, where every process of ours starts. */
export const ROOT = join(import.meta.dirname, '../../..')

const READY = /is ready: (http:\/\/[^\s,"]+)/

/** A process of ours that says where it listens. */
export type ReadyProcess = {
  url: string
  pid: number
  /** Every line that it wrote so far, stdout and stderr. */
  lines: string[]
  /** Ends it with a signal and resolves with its exit code (null after SIGKILL). */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit code whenever it ends. */
  ended: Promise<number | null>
  /** Reads nothing of what it writes, until what is returned is called: its pipes fill. */
  ignoreOutput(): () => void
}

/** The process ended before it was ready; the message has its last lines. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
}

/**
 * Runs a shell command that becomes one process (`exec ...`), with the given environment and PATH, and resolves when it has
 * written its ready line.
 */
export const startReadyProcess = async (
  command: string,
  env: Readonly<Record<string, string>>,
  onLine?: (line: string) => void,
): Promise<ReadyProcess> => {
  const child = spawn(command, {
    shell: true,
    cwd: ROOT,
    env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const ended = once(child, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null))
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        onLine?.(line)
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
    ignoreOutput: () => {
      const streams = [child.stdout, child.stderr]
      for (const stream of streams) stream.pause()
      const readAgain = () => {
        for (const stream of streams) stream.resume()
      }
      // What is left in the pipes of a process that ended is read: only then has it ended for those who wait.
      child.once('exit', readAgain)
      return readAgain
    },
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}
