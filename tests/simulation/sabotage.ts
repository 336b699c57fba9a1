import type { Clock, Due, Engine, Ledger, Outbox } from '@mensageria/core'

/** Ways to break the world on purpose, each of which the checker must see. */
export const SABOTAGES = [
  'none',
  'no-compare-and-set',
  'acknowledge-always',
  'no-sweep',
  'no-lease-age',
  'wall-clock-age',
  'every-plan-believed',
  'no-shared-rate',
  'no-backfill',
] as const

export type Sabotage = (typeof SABOTAGES)[number]

// A store that measures the age of rows by a clock that jumps.
const byWallClock = (ledger: Ledger, clock: Clock, writtenAt: Map<string, number>): Ledger => {
  const note = ({ integration, centerId }: { integration: string; centerId: string }) =>
    writtenAt.set(`${integration}~${centerId}`, clock.now())
  return {
    ...ledger,
    create: (row) => {
      note(row)
      return ledger.create(row)
    },
    replace: (row, expected) => {
      note(row)
      return ledger.replace(row, expected)
    },
    read: async (key) => {
      const found = await ledger.read(key)
      const at = writtenAt.get(`${key.integration}~${key.centerId}`)
      return found && { ...found, ageMs: at === undefined ? found.ageMs : clock.now() - at }
    },
  }
}

const believed = ({ now }: Due): Due => ({ now, latest: Number.POSITIVE_INFINITY })

const sabotagedLedger = (
  ledger: Ledger,
  sabotage: Sabotage,
  clock: Clock,
  writtenAt: Map<string, number>,
): Ledger => {
  if (sabotage === 'no-compare-and-set')
    return { ...ledger, replace: async (row, expected) => (await ledger.replace(row, expected)) ?? expected }
  if (sabotage === 'no-lease-age') {
    const read: Ledger['read'] = async (key) => {
      const found = await ledger.read(key)
      return found && { ...found, ageMs: Infinity }
    }
    return { ...ledger, read }
  }
  if (sabotage === 'wall-clock-age') return byWallClock(ledger, clock, writtenAt)
  if (sabotage !== 'every-plan-believed') return ledger
  return {
    ...ledger,
    due: (integration, due, limit) => ledger.due(integration, believed(due), limit),
    hasDue: (integrations, due) => ledger.hasDue(integrations, believed(due)),
  }
}

const sabotagedOutbox = (outbox: Outbox, sabotage: Sabotage): Outbox =>
  sabotage === 'every-plan-believed'
    ? { ...outbox, due: (due, limit) => outbox.due(believed(due), limit) }
    : outbox

/** Breaks engines in one way. */
export const createSabotage = (sabotage: Sabotage, clock: Clock) => {
  const writtenAt = new Map<string, number>()
  return (engine: Engine): Engine => ({
    ...engine,
    ledger: sabotagedLedger(engine.ledger, sabotage, clock, writtenAt),
    outbox: sabotagedOutbox(engine.outbox, sabotage),
    // Nothing that the system asks for by itself is ever begun.
    redrives: {
      ...engine.redrives,
      create: async (redrive, lanes) =>
        sabotage === 'no-backfill' && redrive.requestedBy === 'system'
          ? '1'
          : engine.redrives.create(redrive, lanes),
    },
  })
}
