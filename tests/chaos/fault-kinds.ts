import type { DialsInput } from '@mensageria/simulator'
import type { Random } from '../simulation/random.ts'
import { SYSTEMS } from '../support/system.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import type { World } from './world.ts'

/** Puts a fault in; what comes back ends it, and resolves with what was seen to be wrong with the end, if anything. */
export type Begin = (
  world: World,
  target: string,
  random: Random,
) => Promise<() => Promise<string | undefined>>

/** A kind of fault: where it can be put in, how long it lasts at most, and how often it is chosen beside others. */
export type FaultKind = {
  kind: string
  targetsOf(world: World): readonly string[]
  longestMs: number
  weight: number
  begin: Begin
}

const processes = (world: World) => world.processes
const links = (world: World) => [...world.links.keys()]
const emulators = (world: World) => [...world.emulators.keys()]

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

const onLink =
  (harm: (proxy: TcpProxy, random: Random) => void): Begin =>
  async (world, target, random) => {
    const proxy = world.links.get(target)
    if (!proxy) throw new Error(`There is no way ${target}`)
    harm(proxy, random)
    return async () => {
      proxy.thaw()
      return undefined
    }
  }

const onSystem =
  (dialsOf: (random: Random) => DialsInput): Begin =>
  async ({ simulator }, target, random) => {
    const name = SYSTEMS.find((system) => target.startsWith(system))
    if (!name) throw new Error(`There is no system ${target}`)
    simulator.setDials(name, dialsOf(random))
    return async () => {
      simulator.setDials(name, {})
      return undefined
    }
  }

const status = (random: Random): DialsInput => ({
  mode: 'status',
  status: random.pick([408, 425, 500, 502, 504, 401, 403, 404]),
  share: random.between(0.3, 1),
})
const refusal = { code: 'not-allowed', message: 'The nemesis does not like it' }

const LINK_FAULTS: Record<string, (proxy: TcpProxy, random: Random) => void> = {
  latency: (proxy, random) => proxy.slow(random.between(50, 2_000)),
  reset: (proxy) => proxy.reset(),
  'black hole': (proxy) => proxy.freeze(),
  'answers lost': (proxy) => proxy.freezeAnswers(),
  bandwidth: (proxy, random) => proxy.shape({ bytesPerSecond: random.between(1_000, 20_000) }),
  slicer: (proxy, random) =>
    proxy.shape({ sliceBytes: Math.ceil(random.between(1, 64)), delayMs: random.between(0, 5) }),
  'not listening': (proxy) => proxy.refuse(),
}

const SYSTEM_FAULTS: Record<string, (random: Random) => DialsInput> = {
  down: () => ({ mode: 'down' }),
  slow: (random) => ({ latencyMs: Math.round(random.between(100, 15_000)) }),
  'too many requests': (random) => ({
    mode: 'status',
    status: 429,
    retryAfter: random.pick(['1', '2', '0', '-5', '999999', 'Fri, 31 Dec 9999 23:59:59 GMT']),
    share: random.between(0.3, 1),
  }),
  status,
  refuses: () => ({ mode: 'status', status: 422, body: refusal, share: 0.2 }),
  hangs: (random) => ({ mode: 'hang', share: random.between(0.1, 0.6) }),
  'accepts, then resets': (random) => ({ mode: 'accept-then-reset', share: random.between(0.3, 1) }),
  'accepts, then hangs': (random) => ({ mode: 'accept-then-hang', share: random.between(0.1, 0.6) }),
  'half an answer': (random) => ({ mode: 'half-body', share: random.between(0.3, 1) }),
  garbage: (random) => ({
    mode: random.pick(['garbage', 'empty', 'redirect']),
    share: random.between(0.3, 1),
  }),
}

/** All that can go wrong, in the words of the report. */
export const FAULT_KINDS: readonly FaultKind[] = [
  { kind: 'kill -9', targetsOf: processes, longestMs: 4_000, weight: 8, begin: killed },
  { kind: 'SIGTERM', targetsOf: processes, longestMs: 2_000, weight: 4, begin: ended },
  { kind: 'SIGSTOP', targetsOf: processes, longestMs: 15_000, weight: 5, begin: frozen },
  {
    kind: 'SIGSTOP of an emulator',
    targetsOf: emulators,
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
  ...Object.entries(LINK_FAULTS).map(([kind, harm]) => ({
    kind: `network: ${kind}`,
    targetsOf: links,
    longestMs: 20_000,
    weight: 3,
    begin: onLink(harm),
  })),
  ...Object.entries(SYSTEM_FAULTS).map(([kind, dialsOf]) => ({
    kind: `system: ${kind}`,
    targetsOf: () => SYSTEMS.map((name) => `${name}'s system`),
    longestMs: 20_000,
    weight: 2,
    begin: onSystem(dialsOf),
  })),
]
