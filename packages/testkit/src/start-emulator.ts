import { HOW_TO_GET } from './how-to-get.ts'
import { startProcessGroup, withFreePorts } from './keeper/process-group.ts'
import { freePort } from './network/free-port.ts'

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

// The second compiler and the parallel collector earn back what they cost only after many minutes: without them the conformance
// suite takes half of the emulator's processor time, and `npm test` no more than with them.
const javaOptions = () =>
  `${process.env['JAVA_TOOL_OPTIONS'] ?? ''} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC`.trim()

const startOn = async (command: readonly string[], port: number): Promise<Emulator> => {
  const host = `127.0.0.1:${port}`
  // The emulator is a java child that gcloud would leave behind.
  const group = await startProcessGroup([...command, `--host-port=${host}`], {
    env: { ...process.env, JAVA_TOOL_OPTIONS: javaOptions() },
    isReady: () => answers(host),
    readyWithinMs: READY_WITHIN_MS,
    hint: `To get the emulators, ${HOW_TO_GET.emulators}.`,
  })
  return { host, port, ...group }
}

/** Starts an emulator, `--host-port` added to its command, and resolves when it answers; on a free port unless one is given. */
export const startEmulator = (command: readonly string[], fixedPort?: number): Promise<Emulator> =>
  fixedPort === undefined
    ? withFreePorts(async () => startOn(command, await freePort()))
    : startOn(command, fixedPort)
