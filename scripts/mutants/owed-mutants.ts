import { CORE, unit, type Mutant } from './mutant.ts'

/** What an integration owes, and how its list changes. */
export const OWED: Mutant[] = [
  {
    name: 'What waits is known from open events, not from the rows: a center without a row is not owed',
    file: `${CORE}/search/matches.ts`,
    from: `row === undefined || row.version < centerVersion || row.state === 'retired' ? 'waiting' : row.state`,
    to: `row === undefined ? 'delivered' : row.version < centerVersion || row.state === 'retired' ? 'waiting' : row.state`,
    watch: unit('search/matches', 'a pair waits without a row'),
  },
  {
    name: 'Who once had a center is owed nothing from before its since',
    file: `${CORE}/search/matches.ts`,
    from: '): boolean => row !== undefined || isInScope(settings, createdAt)',
    to: '): boolean => (row !== undefined || row === undefined) && isInScope(settings, createdAt)',
    watch: unit(
      'sweep/decide-open-event',
      'an integration that once had a center keeps getting its versions',
    ),
  },
  {
    name: 'A new integration gets no backfill',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: `decision: 'backfill',
    membership:`,
    to: `decision: 'write',
    membership:`,
    watch: { seed: 9 },
  },
  {
    name: 'The backfill runs while sweeps with the list from before still close events',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: 'if (total < settleMs) return otherwise',
    to: '',
    watch: unit('sweep/decide-membership', 'that is new is remembered, and brought nothing yet'),
  },
  {
    name: 'An integration that is back counts as one that was never away',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: 'if (!known || known.missingSince !== undefined)',
    to: 'if (!known)',
    watch: unit('sweep/decide-membership', 'that is back gets a backfill, however short it was away'),
  },
  {
    name: 'A since that moves earlier brings nothing',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: 'if (backfilledSince !== undefined && backfilledSince <= from) {',
    to: 'if (backfilledSince !== undefined) {',
    watch: unit('sweep/decide-membership', 'whose since moves earlier is owed more, and gets another'),
  },
  {
    name: 'A rolled-back image retires rows at once',
    file: `${CORE}/sweep/decide-membership.ts`,
    from: `return total >= retireAfterMs ? { decision: 'retire' } : otherwise`,
    to: `return total >= 0 ? { decision: 'retire' } : otherwise`,
    watch: unit(
      'sweep/decide-membership',
      'keeps its rows for a day: a rolled-back image must not retire them',
    ),
  },
  {
    name: 'Events are closed although the list could not be remembered',
    file: `${CORE}/sweep/sweep.ts`,
    from: 'gone === undefined\n        ? NO_EVENTS\n        : await',
    to: 'await',
    watch: unit('sweep/sweep', 'without its list of integrations remembered it closes no event'),
  },
]
