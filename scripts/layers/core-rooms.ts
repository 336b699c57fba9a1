import type { Layer } from './layer.ts'

const core = (room: string): string => `packages/core/src/${room}`
const rooms = (...names: string[]): string[] => names.map(core)

const CORE_BASE = rooms('model', 'ports', 'map-limit.ts', 'mutex.ts')

/** The rooms of the core: each knows those below it alone. */
export const CORE: readonly Layer[] = [
  {
    from: [core('model')],
    may: ['@mensageria/contracts'],
    because: 'Types and what follows from them alone: everything else in the core stands on them.',
  },
  { from: rooms('map-limit.ts', 'mutex.ts'), may: [], because: 'Helpers that know nothing of deliveries.' },
  {
    from: [core('ports')],
    may: [core('model'), '@mensageria/contracts'],
    because: 'What the core asks of an engine: an engine must be able to implement it without a use case.',
  },
  {
    from: [core('engine.ts')],
    may: [core('ports')],
    because: 'The one list of the ports.',
  },
  {
    from: [core('pace')],
    may: CORE_BASE,
    because:
      'It says when a call may begin, and learns from how one ended; what a delivery is it need not know.',
  },
  {
    from: [core('intake')],
    may: [...CORE_BASE, '@mensageria/contracts'],
    because: 'Accepting and delivering know nothing of each other: the broker is between them.',
  },
  {
    from: [core('deliver')],
    may: [...CORE_BASE, core('pace'), '@mensageria/contracts'],
    because: 'As accepting; and it asks the pace of its system for a place.',
  },
  {
    from: [core('park')],
    may: [...CORE_BASE, core('deliver'), '@mensageria/contracts'],
    because: 'It asks whether a lease is held, as a claim does.',
  },
  {
    from: [core('search')],
    may: [...CORE_BASE, core('deliver'), '@mensageria/contracts'],
    because: 'It shows when the broker tries next, by the backoff that delivering has.',
  },
  {
    from: [core('stats')],
    may: [...CORE_BASE, core('search'), '@mensageria/contracts'],
    because: 'It counts by the states that a search shows.',
  },
  {
    from: [core('recovery')],
    may: [...CORE_BASE, ...rooms('deliver', 'search', 'stats'), '@mensageria/contracts'],
    because: 'It hands over what a delivery left, at the pace of its results. A redrive is above it.',
  },
  {
    from: [core('redrive')],
    may: [...CORE_BASE, ...rooms('deliver', 'search', 'stats', 'recovery'), '@mensageria/contracts'],
    because: 'It sends with the windows and rates of recovery.',
  },
  {
    from: [core('sweep')],
    may: [
      ...CORE_BASE,
      ...rooms('intake', 'deliver', 'search', 'stats', 'recovery', 'redrive'),
      '@mensageria/contracts',
    ],
    because: 'A sweep runs the others; none of them knows that it is run by one.',
  },
  {
    from: [core('operate')],
    may: [...CORE_BASE, ...rooms('search', 'stats'), '@mensageria/contracts'],
    because: 'What people do; nothing in the core calls it.',
  },
  {
    from: [core('compose.ts')],
    may: ['packages/core/src', '@mensageria/contracts'],
    because: 'It knows all use cases and how they stand on each other: the only file that does.',
  },
  {
    from: [core('index.ts')],
    may: ['packages/core/src', '@mensageria/contracts'],
    because: 'The list of what the core exports.',
  },
]
