import { CORE, inMemory, unit, type Mutant } from './mutant.ts'

/** Redrives and maintenance. */
export const OPERATIONS: Mutant[] = [
  {
    name: 'People are told of centers that a backfill is about to bring',
    file: `${CORE}/sweep/maintenance.ts`,
    from: 'if (!isExpected(unaccounted.integration)) observe',
    to: 'observe',
    watch: unit('sweep/maintenance', 'what waits for a backfill that is to come or under way is no cause'),
  },
  {
    name: 'Sweeps that overlap each begin a backfill',
    file: `${CORE}/sweep/membership.ts`,
    from: 'inTurn(() => compare(known, deadline))',
    to: 'compare(known, deadline)',
    watch: inMemory('sweep/membership', 'sweeps that overlap begin one backfill for each integration'),
  },
  {
    name: 'One task that fails ends the round of maintenance',
    file: `${CORE}/sweep/maintenance.ts`,
    from: `observe({ notice: 'maintenance.failed', task, error })`,
    to: `observe({ notice: 'maintenance.failed', task, error })
      throw error`,
    watch: unit('sweep/maintenance', 'fails the other tasks go on, it is told'),
  },
  {
    name: 'A write of a lane that is repeated counts twice',
    file: `${CORE}/redrive/transitions.ts`,
    from: 'if (lane.cursor !== searchedFrom || lane.exhausted || lane.sending.length > 0) return lane',
    to: '',
    watch: unit('redrive/transitions', 'a write that is repeated after a lost answer counts once'),
  },
  {
    name: 'Results are counted whether the lane still has their rows or not',
    file: `${CORE}/redrive/transitions.ts`,
    from: 'const settled = lane.sending.flatMap((centerId) => results.get(centerId) ?? [])',
    to: 'const settled = [...results.values()]',
    watch: unit('redrive/transitions', 'a row that the lane has not any more is not counted again'),
  },
  {
    name: 'A redrive for an integration that is not in the list is accepted',
    file: `${CORE}/redrive/decide.ts`,
    from: `if (integration !== undefined && !integrations.includes(integration))`,
    to: `if (integration !== undefined && integrations.length === 0)`,
    watch: unit('redrive/decide', 'an integration that is not in the list is refused'),
  },
  {
    name: 'Redrives run in the order in which they were asked for',
    file: `${CORE}/redrive/runner.ts`,
    from: 'leftOf(a.redrive, a.lanes) - leftOf(b.redrive, b.lanes) || a.redrive.createdAt',
    to: 'a.redrive.createdAt',
    watch: inMemory('redrive/runner', 'one delivery that somebody sends again does not wait for a backlog'),
  },
  {
    name: 'Lanes of an integration that is gone stay open for ever',
    file: `${CORE}/redrive/runner.ts`,
    from: 'for (const one of active) await endGone(one, gone)',
    to: '',
    watch: inMemory('redrive/runner', 'lanes of an integration that is gone for good are ended'),
  },
  {
    name: 'An outage is told with each count',
    file: `${CORE}/sweep/health-watch.ts`,
    from: 'if (known.reportedAt !== undefined || passedMs(failingSince, now) < DOWN_AFTER_MS)',
    to: 'if (passedMs(failingSince, now) < DOWN_AFTER_MS)',
    watch: unit(
      'sweep/decide-outage',
      'failures for two minutes without a success between are an outage, told once',
    ),
  },
]
