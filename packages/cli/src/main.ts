import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline/promises'
import type { Io } from './context.ts'
import { runCli } from './run-cli.ts'
import { printable } from './screen/printable.ts'

const ask = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

const createIo = ({ stdin, stdout, stderr, env }: NodeJS.Process): Io => ({
  out: (line) => void stdout.write(`${printable(line, stdout.isTTY)}\n`),
  err: (line) => void stderr.write(`${printable(line, stderr.isTTY)}\n`),
  outIsTerminal: stdout.isTTY,
  errIsTerminal: stderr.isTTY,
  columns: stdout.columns ?? 80,
  colors: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  readInput: () => text(stdin),
})

/** The command as a process: its arguments, its terminal, its exit code. Ctrl-C ends it in order, twice at once. */
export const main = async (): Promise<void> => {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  // `| head` closes the pipe: that is no fault.
  process.stdout.on('error', () => process.exit(0))
  const args = process.argv.slice(2)
  process.exitCode = await runCli(args, process.env, createIo(process), controller.signal)
}
