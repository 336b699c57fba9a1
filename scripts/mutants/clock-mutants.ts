import { CORE, inMemory, unit, type Mutant } from './mutant.ts'

/** Clocks that jump: no stored time is believed beyond its own maximum. */
export const CLOCKS: Mutant[] = [
  {
    name: 'A change of the list that a clock from the future has written settles only then',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: `if (unsettledAt > now) return { decision: 'write', membership: { ...known, unsettledAt: now } }`,
    to: '',
    watch: unit(
      'sweep/decide-membership',
      'does not wait for a time that a clock from the future has written',
    ),
  },
  {
    name: 'A plan of a clock that had jumped ahead is believed',
    file: `${CORE}/model/due.ts`,
    from: 'at <= now || at > latest',
    to: 'at <= now || (at > latest && at < now)',
    watch: {
      file: 'tests/conformance/memory.unit.test.ts',
      test: 'one planned later than any plan can be is due at once, after all others',
    },
  },
  {
    name: 'How long a newer version waits for a call that may still land is by a wall clock',
    file: `${CORE}/deliver/held-until.ts`,
    from: `(row.inDoubtMs ?? 0, row.state === 'delivering' ? LEASE_MS : 0) - ageMs`,
    to: `(row.inDoubtMs ?? 0, row.state === 'delivering' ? LEASE_MS : 0) - (Date.now() - (row.lastAttemptAt ?? 0))`,
    watch: unit('deliver/decide-claim', 'row 45: waits as long although the wall clock has jumped'),
  },
  {
    name: 'An outage and its end are told by recovery and by the count of one sweep',
    file: `${CORE}/sweep/health-watch.ts`,
    from: 'const inTurn = createMutex()',
    to: 'const inTurn = <T>(work: () => Promise<T>) => work()',
    watch: inMemory('sweep/health-watch', 'an integration that is back is told once'),
  },
]
