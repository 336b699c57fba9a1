import { CLOCKS } from './clock-mutants.ts'
import { CORE, inMemory, unit, type Mutant } from './mutant.ts'
import { OPERATIONS } from './operation-mutants.ts'
import { OWED } from './owed-mutants.ts'

const CLAIMS: Mutant[] = [
  {
    name: 'No lease: everybody may call at once',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: `row.state === 'delivering' && ownerGone === undefined && ageMs < LEASE_MS`,
    to: `row.state === 'delivering' && ownerGone === undefined && ageMs < 0`,
    watch: { seed: 5 },
  },
  {
    name: 'Version 1 is claimed when the row is at version 2',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: `if (version < row.version) return { decision: 'superseded' }`,
    to: '',
    watch: inMemory('deliver/deliver', 'acknowledges an older version without a call'),
  },
  {
    name: 'Duplicates are known by their message, not by their version',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: `if (version === row.version && row.state === 'delivered' && !forced)`,
    to: `if (row.token === context.token && row.state === 'delivered' && !forced)`,
    watch: inMemory('deliver/deliver', 'is called once, however often the message comes'),
  },
  {
    name: 'What the downstream rejected is called again by the broker',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: `row.state === 'rejected' && trigger.kind !== 'redrive'`,
    to: `row.state === 'rejected' && trigger.kind === 'reconcile'`,
    watch: unit('deliver/decide-claim', 'is not called again by'),
  },
  {
    name: 'A pause is ignored',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: 'if (context.paused || mustWait)',
    to: 'if (mustWait)',
    watch: unit('deliver/decide-claim', 'a pause holds'),
  },
  {
    name: 'Version 2 is called while the call of version 1 may still land',
    file: `${CORE}/deliver/decide-claim.ts`,
    from: 'if (isNewer && doubtLeftMs(seen) !== undefined)',
    to: 'if (isNewer && now < 0)',
    watch: unit('deliver/decide-claim', 'waits for a lease whose owner died'),
  },
]

const DELIVERIES: Mutant[] = [
  {
    name: 'Acknowledged before it is settled',
    file: `${CORE}/deliver/deliver.ts`,
    from: `if (!settled) return { ack: false, result: 'lease-lost' }`,
    to: `if (!settled) return { ack: outcome.kind === 'delivered', result: outcome.kind }`,
    watch: inMemory('deliver/deliver', 'because its end was not written is not acknowledged'),
  },
  {
    name: 'Called before it is claimed',
    file: `${CORE}/deliver/deliver.ts`,
    from: 'const claimed = await claim(event, trigger)',
    to: `await deps.call(event, { idempotencyKey: event.id, attempt: 1, firstAttemptAt: 0, mayHaveEffect: false, now: 0, signal })
    const claimed = await claim(event, trigger)`,
    watch: inMemory('deliver/deliver', 'has its lease in the ledger before it calls'),
  },
  {
    name: 'A process that was frozen calls without a lease',
    file: `${CORE}/deliver/deliver.ts`,
    from: 'if (calledAt - startedAt > LATEST_CALL_START_MS)',
    to: 'if (startedAt < 0)',
    watch: inMemory('deliver/deliver', 'does not call when its lease could end before the call does'),
  },
  {
    name: 'A success whose write threw is forgotten',
    file: `${CORE}/deliver/settle.ts`,
    from: 'const triesMax = decided.ack ? 2 : 1',
    to: 'const triesMax = 1',
    watch: inMemory('deliver/settle', 'because the first write of a success threw is tried once more'),
  },
  {
    name: 'A dead letter parks over a live lease',
    file: `${CORE}/park/decide-park.ts`,
    from: `if (isLeased(seen)) return { decision: 'wait' }`,
    to: '',
    watch: unit('park/decide-park', 'waits until the lease has ended'),
  },
  {
    name: 'A dead letter of an old version parks the newer one (no version check)',
    file: `${CORE}/park/decide-park.ts`,
    from: 'if (request.version < row.version || row.deliveredVersion >= request.version)',
    to: 'if (row.deliveredVersion >= request.version)',
    watch: unit('park/decide-park', 'is one of an older version than a row has'),
  },
]

const SWEEPS: Mutant[] = [
  {
    name: 'The sweep ignores what is parked',
    file: `${CORE}/recovery/recover.ts`,
    from: 'const due = await ledger.due(settings.name, rowsDue(settings, clock.now()), size)',
    to: `const due = (await ledger.due(settings.name, rowsDue(settings, clock.now()), size)).filter(({ row }) => row.state !== 'parked')`,
    watch: inMemory('recovery/recover', 'is handed over in windows of 1, 1, 2, 4, 8 ... up to the cap'),
  },
  {
    name: 'A ramp without a canary',
    file: `${CORE}/recovery/next-window.ts`,
    from: `phase: 'canary',
  gapMs: 0,
  nextAt: now,`,
    to: `phase: 'ramp',
  window: 1000,
  nextAt: now,`,
    watch: unit('recovery/next-window', 'is where an integration without a history begins'),
  },
  {
    name: 'The oldest row is always the canary, so poison blocks the others',
    file: `${CORE}/deliver/decide-settle.ts`,
    from: 'const dueAt = Math.max(now + recoveryDelayMs(delays, recoveryFailures), notBefore ?? 0)',
    to: 'const dueAt = row.parkedAt ?? now',
    watch: unit('deliver/decide-settle', 'delays its own row by doubling'),
  },
  {
    name: 'A window that fails does not close',
    file: `${CORE}/recovery/next-window.ts`,
    from: 'if (failing) return toCanary(recovery.minIntervalMs, now, random)',
    to: '',
    watch: inMemory('recovery/recover', 'take the window back to the canary where they are more than half'),
  },
  {
    name: 'Recovery and redrives do not share the rate',
    file: `${CORE}/recovery/rate-budget.ts`,
    from: '): number => Math.max(freeAt ?? now, now) + (handOvers / ratePerSecond) * 1000',
    to: '): number => now',
    watch: unit('recovery/rate-budget', 'what is spent has to be paid off at the rate'),
  },
  {
    name: 'A redrive takes delivered rows without force',
    file: `${CORE}/redrive/decide.ts`,
    from: `if (state === 'delivered' && !redrive.force) return false`,
    to: '',
    watch: unit('redrive/decide', 'sends delivered rows with force only'),
  },
  {
    name: 'A redrive forgets its cursor',
    file: `${CORE}/redrive/transitions.ts`,
    from: '...(cursor === undefined ? {} : { cursor }),',
    to: '',
    watch: unit(
      'redrive/transitions',
      'rows are taken before they are sent, with the place where the next begin',
    ),
  },
  {
    name: 'A redrive sends what recovery or another redrive has tried since',
    file: `${CORE}/redrive/decide.ts`,
    from: 'const isTriedSince = attemptedAt > redrive.createdAt && hasHappened(attemptedAt, now)',
    to: 'const isTriedSince = false',
    watch: unit('redrive/decide', 'skips a row that was tried since the person asked'),
  },
]

/** Every mutant, each of which must be caught. */
export const MUTANTS: readonly Mutant[] = [
  ...CLAIMS,
  ...DELIVERIES,
  ...SWEEPS,
  ...OWED,
  ...OPERATIONS,
  ...CLOCKS,
]
