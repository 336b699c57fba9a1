import type { ProxyMode } from '@mensageria/testkit/forward-proxy'
import type { Random } from '../../simulation/random.ts'
import type { Begin, FaultKind } from './fault-kind.ts'

const onProxy =
  (modeOf: (random: Random) => ProxyMode): Begin =>
  async ({ proxy }, _target, random) => {
    proxy.become(modeOf(random))
    return async () => {
      proxy.become('open')
      return undefined
    }
  }

const MODES: Record<string, (random: Random) => ProxyMode> = {
  'says no': (random) => ({ status: random.pick([407, 403, 502, 503, 504]) }),
  silent: () => 'hang',
  'hangs up': () => 'reset',
}

/** What happens to the proxy on the way to every system. */
export const PROXY_FAULTS: readonly FaultKind[] = Object.entries(MODES).map(([kind, modeOf]) => ({
  kind: `proxy: ${kind}`,
  targetsOf: () => ['the proxy'],
  longestMs: 15_000,
  weight: 2,
  begin: onProxy(modeOf),
}))
