import { setGlobalProxyFromEnv } from 'node:http'
import { addAbortSignal } from 'node:stream'
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

const createIo = (
  { stdin, stdout, stderr, env }: NodeJS.Process,
  outEnded: AbortSignal,
  interrupted: AbortSignal,
): Io => ({
  out: (line) => void stdout.write(`${printable(line, stdout.isTTY)}\n`),
  err: (line) => void stderr.write(`${printable(line, stderr.isTTY)}\n`),
  outEnded,
  outIsTerminal: stdout.isTTY,
  errIsTerminal: stderr.isTTY,
  columns: stdout.columns ?? 80,
  colors: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  // Ctrl-C ends the wait for more of it.
  input: () => addAbortSignal(interrupted, stdin),
})

// HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case; a service on this machine is asked directly. False where an address
// of a proxy is none.
const useProxy = (env: NodeJS.ProcessEnv): boolean => {
  const direct = env['no_proxy'] ?? env['NO_PROXY'] ?? ''
  try {
    setGlobalProxyFromEnv({ ...env, no_proxy: `${direct},localhost,127.0.0.1,::1` })
    return true
  } catch {
    return false
  }
}

/**
 * The command as a process: its arguments, its terminal, its exit code. Ctrl-C ends it in order, twice at once. Where its
 * output is not read to the end (`| head`), the command still does all that it was asked for, and its exit code is its own.
 */
export const main = async (): Promise<void> => {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  const output = watchOutput(process.stdout, process.stderr)
  const io = createIo(process, output.ended, controller.signal)
  const args = process.argv.slice(2)
  const texts = textsOf(pickLanguage(args, process.env))
  if (!useProxy(process.env)) {
    io.err(texts.errors.badProxy)
    process.exitCode = EXIT.usage
    return
  }
  const exitCode = await runCli(args, process.env, io, controller.signal)
  const fault = await output.finish()
  if (fault) io.err(texts.errors.notWritten(codeOf(fault) ?? fault.message))
  process.exitCode = fault && exitCode === EXIT.ok ? EXIT.usage : exitCode
}
