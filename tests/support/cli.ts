import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { ROOT } from '@mensageria/testkit/ready-process'
import { dirname, join } from 'node:path'

const BIN = join(ROOT, 'node_modules/.bin/mensageria')

/** What a command wrote, and its exit code: null where a signal ended it. */
export type CliResult = { code: number | null; out: string; err: string }

export type CliProcess = {
  pid: number
  ended: Promise<CliResult>
  /** What it wrote so far. */
  heard(): string
  kill(signal: NodeJS.Signals): void
}

/** Starts the `mensageria` command as a user does: by its bin, in a process of its own, in English. */
export const startCli = (args: readonly string[], env: Readonly<Record<string, string>> = {}): CliProcess => {
  const child = spawn(BIN, args, {
    cwd: ROOT,
    env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, LANG: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let heard = ''
  child.stdout.on('data', (chunk) => (heard += String(chunk)))
  const read = async (): Promise<CliResult> => {
    const [[code], out, err] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ])
    return { code: typeof code === 'number' ? code : null, out, err }
  }
  return { pid: child.pid ?? 0, ended: read(), heard: () => heard, kill: (signal) => void child.kill(signal) }
}

/** Runs the command to its end. */
export const runCommand = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> => startCli(args, env).ended

/** The most memory that a process has had so far, in MiB; undefined once it has ended. */
export const peakMemoryMib = (pid: number): number | undefined => {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kib === undefined ? undefined : Number(kib) / 1024
  } catch {
    return undefined
  }
}
