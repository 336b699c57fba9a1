import { createInterface } from 'node:readline/promises'
import type { Io } from './context.ts'
import { codeOf } from './error-code.ts'
import { EXIT } from './exit-codes.ts'
import { pickLanguage, textsOf } from './language/language.ts'
import { runCli } from './run-cli.ts'
import { printable } from './screen/printable.ts'
import { watchOutput } from './screen/watch-output.ts'

const ask = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}

const createIo = ({ stdin, stdout, stderr, env }: NodeJS.Process, outEnded: AbortSignal): Io => ({
  out: (line) => void stdout.write(`${printable(line, stdout.isTTY)}\n`),
  err: (line) => void stderr.write(`${printable(line, stderr.isTTY)}\n`),
  outEnded,
  outIsTerminal: stdout.isTTY,
  errIsTerminal: stderr.isTTY,
  columns: stdout.columns ?? 80,
  colors: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  input: () => stdin,
})

/**
 * The command as a process: its arguments, its terminal, its exit code. Ctrl-C ends it in order, twice at once. Where its
 * output is not read to the end (`| head`), the command still does all that it was asked for, and its exit code is its own.
 */
export const main = async (): Promise<void> => {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  const output = watchOutput(process.stdout, process.stderr)
  const io = createIo(process, output.ended)
  const args = process.argv.slice(2)
  const exitCode = await runCli(args, process.env, io, controller.signal)
  const fault = await output.finish()
  if (fault)
    io.err(textsOf(pickLanguage(args, process.env)).errors.notWritten(codeOf(fault) ?? fault.message))
  process.exitCode = fault && exitCode === EXIT.ok ? EXIT.usage : exitCode
}
