import type { World } from '../world.ts'
import type { Begin, FaultKind } from './fault-kind.ts'

// A supervisor would not wait for longer either.
const END_MS = 10_000

const killed: Begin = async (world, target) => {
  await world.stop(target, 'SIGKILL')
  return async () => {
    await world.start(target)
    return undefined
  }
}

const ended: Begin = async (world, target) => {
  const code = await world.stop(target, 'SIGTERM')
  return async () => {
    await world.start(target)
    // 1 is an end that took longer than 9 s, or failed.
    return code === 0 ? undefined : `${target} ended with exit code ${code} after SIGTERM`
  }
}

const frozen: Begin = async (world, target) => {
  const pid = world.pidOf(target)
  // One that has died is found by its absence; 0 would be the whole group of this process.
  const signal = (name: NodeJS.Signals) => pid > 0 && process.kill(pid, name)
  signal('SIGSTOP')
  return async () => {
    signal('SIGCONT')
    return undefined
  }
}

const withoutDisk: Begin = async (world, target) => {
  const failing = world.diskFails.get(target)?.()
  const late = new Promise<'late'>((resolve) => {
    setTimeout(() => resolve('late'), END_MS).unref()
  })
  return async () => {
    const code = await Promise.race([failing, late])
    if (code === 'late') await world.stop(target, 'SIGKILL')
    await world.start(target)
    if (code === 'late') return `${target} went on for ${END_MS / 1000} s after a flush that failed`
    return code === 1 ? undefined : `${target} ended with exit code ${code} after a flush that failed`
  }
}

const processes = (world: World) => world.processes

/** What happens to a process as a whole. */
export const PROCESS_FAULTS: readonly FaultKind[] = [
  { kind: 'kill -9', targetsOf: processes, longestMs: 4_000, weight: 8, begin: killed },
  { kind: 'SIGTERM', targetsOf: processes, longestMs: 2_000, weight: 4, begin: ended },
  { kind: 'SIGSTOP', targetsOf: processes, longestMs: 15_000, weight: 5, begin: frozen },
  {
    kind: 'disk: EIO of a flush',
    targetsOf: (world) => [...world.diskFails.keys()],
    longestMs: 2_000,
    weight: 5,
    begin: withoutDisk,
  },
]
