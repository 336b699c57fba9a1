import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, startReadyProcess, type ReadyProcess } from './ready-process.ts'

const MAIN = 'services/standalone/src/main.ts'

/** A standalone in a process of its own, as a user starts it. */
export type StandaloneProcess = ReadyProcess

// The command of `npm start`, with its flags; it replaces its shell, so that signals reach the process itself.
const commandOf = (entry: string): string => {
  const { scripts }: { scripts: { start: string } } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  )
  return scripts.start.replace(MAIN, entry)
}

/**
 * Starts a standalone as `npm start` does (or another entry point with the same ready line) with the given environment,
 * which is all that it gets besides PATH. `wrap` may change the shell command. Resolves when it is ready.
 */
export const startStandaloneProcess = (
  env: Readonly<Record<string, string>>,
  entry: string = MAIN,
  wrap: (command: string) => string = (command) => command,
): Promise<StandaloneProcess> => startReadyProcess(wrap(commandOf(entry)), { PORT: '0', ...env })
