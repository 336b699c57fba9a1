import type { DialsInput } from '@mensageria/simulator'
import type { Random } from '../../simulation/random.ts'
import { SYSTEMS } from '../../support/system.ts'
import type { Begin, FaultKind } from './fault-kind.ts'

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

const DIALS: Record<string, (random: Random) => DialsInput> = {
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

/** What happens to a system. */
export const SYSTEM_FAULTS: readonly FaultKind[] = Object.entries(DIALS).map(([kind, dialsOf]) => ({
  kind: `system: ${kind}`,
  targetsOf: () => SYSTEMS.map((name) => `${name}'s system`),
  longestMs: 20_000,
  weight: 2,
  begin: onSystem(dialsOf),
}))
