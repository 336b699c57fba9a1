import type { Begin, FaultKind } from './fault-kind.ts'

const frozenEmulator: Begin = async (world, target) => {
  world.emulators.get(target)?.signal('SIGSTOP')
  return async () => {
    world.emulators.get(target)?.signal('SIGCONT')
    return undefined
  }
}

const lostBroker: Begin = async (world) => {
  await world.loseBroker?.()
  return async () => undefined
}

/** What happens to the platform. */
export const EMULATOR_FAULTS: readonly FaultKind[] = [
  {
    kind: 'SIGSTOP of an emulator',
    targetsOf: (world) => [...world.emulators.keys()],
    longestMs: 8_000,
    weight: 3,
    begin: frozenEmulator,
  },
  {
    kind: 'broker lost everything',
    targetsOf: (world) => (world.loseBroker ? ['broker'] : []),
    longestMs: 1_000,
    weight: 1,
    begin: lostBroker,
  },
]
