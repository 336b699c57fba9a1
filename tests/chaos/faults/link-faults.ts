import type { Random } from '../../simulation/random.ts'
import type { TcpProxy } from '@mensageria/testkit/tcp-proxy'
import type { Begin, FaultKind } from './fault-kind.ts'

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

const HARMS: Record<string, (proxy: TcpProxy, random: Random) => void> = {
  latency: (proxy, random) => proxy.slow(random.between(50, 2_000)),
  reset: (proxy) => proxy.reset(),
  'black hole': (proxy) => proxy.freeze(),
  'answers lost': (proxy) => proxy.freezeAnswers(),
  bandwidth: (proxy, random) => proxy.shape({ bytesPerSecond: random.between(1_000, 20_000) }),
  slicer: (proxy, random) =>
    proxy.shape({ sliceBytes: Math.ceil(random.between(1, 64)), delayMs: random.between(0, 5) }),
  'not listening': (proxy) => proxy.refuse(),
}

/** What happens to a way between two parts. */
export const LINK_FAULTS: readonly FaultKind[] = Object.entries(HARMS).map(([kind, harm]) => ({
  kind: `network: ${kind}`,
  targetsOf: (world) => [...world.links.keys()],
  longestMs: 20_000,
  weight: 3,
  begin: onLink(harm),
}))
