import { CORE, inMemory, unit, type Mutant } from './mutant.ts'

/** Clocks that jump: no stored time is believed beyond its own maximum. */
export const CLOCKS: Mutant[] = [
  {
    name: 'A change of the list that a clock from the future has written settles only then',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: ' && hasHappened(lookedAt, now)',
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
  {
    name: 'A wait that a clock from the future has planned is waited for',
    file: `${CORE}/model/believed.ts`,
    from: 'now < at && at <= now + aheadMaxMs',
    to: 'now < at && at <= now + aheadMaxMs * Number.MAX_SAFE_INTEGER',
    watch: { seed: 27 },
  },
  {
    name: 'A check of an event that a clock from the future has planned is waited for',
    file: `${CORE}/model/due.ts`,
    from: 'latest: now + CHECK_LATEST_MS',
    to: 'latest: now + CHECK_LATEST_MS * Number.MAX_SAFE_INTEGER',
    watch: { seed: 3 },
  },
  {
    name: 'A success of the future opens the ramp after every canary that fails',
    file: `${CORE}/recovery/next-window.ts`,
    from: 'hasHappened(lastDeliveredAt, now) &&',
    to: '',
    watch: unit('recovery/next-window', 'row 45: a success of the future opens no ramp'),
  },
  {
    name: 'A clock that jumps a year ahead deletes what is kept for a while',
    file: `${CORE}/model/believed.ts`,
    from: 'Math.min(now, before + RETENTION_SPEED * elapsedMs)',
    to: 'now',
    watch: unit('model/believed', 'does not jump a year ahead with the clock, nor back'),
  },
  {
    name: 'A clock that jumps a day ahead retires rows',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: 'const mostMs = Math.max(MINUTE_MS, waitMs / 10)',
    to: 'const mostMs = Number.POSITIVE_INFINITY',
    watch: unit('sweep/decide-membership', 'row 45: keeps them as long by a clock that jumps a year ahead'),
  },
  {
    name: 'A redrive that was asked for while the clock was behind skips every row',
    file: `${CORE}/redrive/decide.ts`,
    from: 'if (isTriedSince && !redrive.clockWasWrong) return false',
    to: 'if (isTriedSince) return false',
    watch: unit('redrive/decide', 'row 45: what was asked for while the clock was a year behind'),
  },
  {
    name: 'An answer that was kept while the clock was ahead is replayed for as long',
    file: `${CORE}/intake/register.ts`,
    from: 'await keepNoLonger(kept)',
    to: '',
    watch: inMemory('intake/register', 'is replayed once the clock is right, for 24 h and no longer'),
  },
]
