import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program with all its children. They end together, also where this process is killed. */
export type ProcessGroup = {
  /** Reaches every process of the group; SIGSTOP freezes it. */
  signal: (name: NodeJS.Signals) => void
  /** Ends every process of the group. */
  stop: () => Promise<void>
}

/** What to start, and how to know that it is up. */
export type GroupOptions = {
  env?: NodeJS.ProcessEnv
  isReady: () => Promise<boolean>
  readyWithinMs: number
  /** How to get what is missing, for the error where it does not start. */
  hint: string
}

const OUTPUT_KEPT = 4_000
const PAUSE_MS = 50

// Such programs leave a child behind where only they end: the whole process group ends, by its id.
const signalGroup = (pid: number | undefined, name: NodeJS.Signals) => {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // It has ended already.
  }
}

// Ends the group also where this process is killed: the guard's standard input closes then.
const startGuard = (pid: number) =>
  spawn('sh', ['-c', `cat >/dev/null; kill -s KILL -- -${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })

type State = { output: string; over: boolean; code?: number | null }

const spawnGroup = ([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv, cwd?: string) => {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
    ...(cwd === undefined ? {} : { cwd }),
  })
  const state: State = { output: '', over: false }
  const keep = (text: string) => {
    state.output = (state.output + text).slice(-OUTPUT_KEPT)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  // An exit, or an error where there is no such program.
  const ended = once(child, 'close')
    .catch((error: unknown) => keep(String(error)))
    .then(() => {
      state.over = true
      state.code = child.exitCode
    })
  const guard = child.pid === undefined ? undefined : startGuard(child.pid)
  const stop = async () => {
    signalGroup(child.pid, 'SIGKILL')
    await ended
    guard?.kill('SIGKILL')
  }
  return { state, ended, stop, signal: (name: NodeJS.Signals) => signalGroup(child.pid, name) }
}

/** Starts a program and resolves when it is ready; the error where it does not start has the last lines that it wrote. */
export const startProcessGroup = async (
  command: readonly string[],
  { env = process.env, isReady, readyWithinMs, hint }: GroupOptions,
): Promise<ProcessGroup> => {
  const { state, stop, signal } = spawnGroup(command, env)
  const end = performance.now() + readyWithinMs
  while (!(await isReady())) {
    if (state.over || performance.now() > end) {
      await stop()
      throw new Error(`"${command.join(' ')}" did not start. ${hint}\n${state.output}`)
    }
    await sleep(PAUSE_MS)
  }
  return { signal, stop }
}

// Between finding a port and listening on it a program takes a second: somebody else may have it by then.
const STARTS_TRIED = 4

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && /address already in use|eaddrinuse/i.test(error.message)

/** Repeats a start that takes new ports each time, where somebody else took one of them meanwhile. */
export const withFreePorts = async <T>(start: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried++) {
    try {
      return await start()
    } catch (error) {
      if (!isPortTaken(error) || tried === STARTS_TRIED) throw error
    }
  }
}

/** Runs a program to its end; an error with its last lines where it fails or takes longer than `withinMs`. */
export const runToEnd = async (
  command: readonly string[],
  { env = process.env, cwd, withinMs }: { env?: NodeJS.ProcessEnv; cwd?: string; withinMs: number },
): Promise<void> => {
  const { state, ended, stop } = spawnGroup(command, env, cwd)
  const patience = new AbortController()
  await Promise.race([ended, sleep(withinMs, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
  const { over, code, output } = state
  await stop()
  if (code !== 0)
    throw new Error(
      `"${command.join(' ')}" ${over ? `ended with ${code}` : `took longer than ${withinMs / 1000} s`}.\n${output}`,
    )
}
