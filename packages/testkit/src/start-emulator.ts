import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './network/free-port.ts'
import { HOW_TO_GET } from './how-to-get.ts'

/** A running emulator; `signal` reaches every process of it, and SIGSTOP freezes it. */
export type Emulator = {
  host: string
  port: number
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  stop(): Promise<void>
}

const READY_WITHIN_MS = 90_000

const answers = async (host: string): Promise<boolean> => {
  try {
    const answer = await fetch(`http://${host}/`, { signal: AbortSignal.timeout(2_000) })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

// The emulator is a java child that gcloud would leave behind: the whole process group ends, by its id.
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

// The second compiler and the parallel collector earn back what they cost only after many minutes: without them the conformance
// suite takes half of the emulator's processor time, and `npm test` no more than with them.
const javaOptions = () =>
  `${process.env['JAVA_TOOL_OPTIONS'] ?? ''} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC`.trim()

const spawnGroup = ([program = '', ...args]: readonly string[]) => {
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, JAVA_TOOL_OPTIONS: javaOptions() },
  })
  const state = { output: '', over: false }
  const keep = (text: string) => {
    state.output = (state.output + text).slice(-4_000)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  // An exit, or an error where there is no such program.
  const ended = once(child, 'close')
    .catch((error: unknown) => keep(String(error)))
    .then(() => {
      state.over = true
    })
  const guard = child.pid === undefined ? undefined : startGuard(child.pid)
  const stop = async () => {
    signalGroup(child.pid, 'SIGKILL')
    await ended
    guard?.kill('SIGKILL')
  }
  return { state, stop, signal: (name: NodeJS.Signals) => signalGroup(child.pid, name) }
}

const startOn = async (command: readonly string[], port: number): Promise<Emulator> => {
  const host = `127.0.0.1:${port}`
  const { state, stop, signal } = spawnGroup([...command, `--host-port=${host}`])
  const end = performance.now() + READY_WITHIN_MS
  while (!(await answers(host))) {
    if (state.over || performance.now() > end) {
      await stop()
      throw new Error(
        `"${command.join(' ')}" did not start. To get the emulators, ${HOW_TO_GET.emulators}.\n${state.output}`,
      )
    }
    await sleep(50)
  }
  return { host, port, signal, stop }
}

// Between finding a port and listening on it gcloud takes a second: somebody else may have it by then.
const PORTS_TRIED = 4

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && /address already in use/i.test(error.message)

/** Starts an emulator, `--host-port` added to its command, and resolves when it answers; on a free port unless one is given. */
export const startEmulator = async (command: readonly string[], fixedPort?: number): Promise<Emulator> => {
  for (let tried = 1; ; tried++) {
    try {
      return await startOn(command, fixedPort ?? (await freePort()))
    } catch (error) {
      if (!isPortTaken(error) || fixedPort !== undefined || tried === PORTS_TRIED) throw error
    }
  }
}
