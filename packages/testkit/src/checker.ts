import type { Delivery } from '@mensageria/contracts'

/** A version of a center, as a client's log of answers names it. */
export type CenterVersion = { centerId: string; version: number }

/** One change that a downstream really made, in the order of its log; the simulator's effects fit. */
export type DownstreamEffect = {
  system: string
  centerId?: string
  version?: number
  idempotencyKey?: string
}

export type CheckInput = {
  integrations: readonly string[]
  /** Whether an integration owes a center; each owes every one unless given. */
  owes?: (integration: string, centerId: string) => boolean
  /** Every 2xx answer that a client got. */
  answers: readonly CenterVersion[]
  /** Requests whose answer never came: each may have happened or not. */
  unanswered?: readonly CenterVersion[]
  /** The ledger, as the API shows it after faults have ended and everything was given time. */
  deliveries: readonly Delivery[]
  /** The effect logs of all downstreams. */
  effects: readonly DownstreamEffect[]
}

/** Where a promise is broken. Without a version: the finding is about the center as a whole. */
export type Finding = { integration: string; centerId: string; version?: number }

/**
 * lost: accepted, and downstream it never arrived, though the ledger says so or says nothing.
 * duplicated: more than one effect for one center, version and integration.
 * unexpected: an effect or a row that no client has asked for.
 * stuck: a row that is neither delivered nor rejected.
 * nonMonotonic: a version applied downstream after a higher one.
 * invisible: accepted, and the ledger shows nothing of it.
 */
export type CheckResult = Record<
  'lost' | 'duplicated' | 'unexpected' | 'stuck' | 'nonMonotonic' | 'invisible',
  Finding[]
>

type KeyedEffect = { system: string; centerId: string; version: number; idempotencyKey?: string }

const keyOf = (...parts: (string | number)[]): string => parts.join(' ')

const isKeyed = (effect: DownstreamEffect): effect is KeyedEffect =>
  effect.centerId !== undefined && effect.version !== undefined

const toFinding = ({ system, centerId, version }: KeyedEffect): Finding => ({
  integration: system,
  centerId,
  version,
})

const highestVersions = (answers: readonly CenterVersion[]): Map<string, number> => {
  const highest = new Map<string, number>()
  for (const { centerId, version } of answers) {
    highest.set(centerId, Math.max(version, highest.get(centerId) ?? 0))
  }
  return highest
}

// A redrive by a person asks for the effect once more: its key says so.
const redriveOf = ({ idempotencyKey = '' }: KeyedEffect): string => /:r\d+$/.exec(idempotencyKey)?.[0] ?? ''

const findDuplicated = (effects: readonly KeyedEffect[]): Finding[] => {
  const seen = new Set<string>()
  return effects
    .filter((effect) => {
      const key = keyOf(effect.system, effect.centerId, effect.version, redriveOf(effect))
      if (seen.has(key)) return true
      seen.add(key)
      return false
    })
    .map(toFinding)
}

const findNonMonotonic = (effects: readonly KeyedEffect[]): Finding[] => {
  const highest = new Map<string, number>()
  return effects
    .filter(({ system, centerId, version }) => {
      const key = keyOf(system, centerId)
      const before = highest.get(key) ?? 0
      highest.set(key, Math.max(version, before))
      return version < before
    })
    .map(toFinding)
}

const findUnexpected = ({
  integrations,
  answers,
  unanswered = [],
  deliveries,
  effects,
}: CheckInput): Finding[] => {
  const asked = [...answers, ...unanswered]
  const known = new Set(asked.map(({ centerId, version }) => keyOf(centerId, version)))
  const isKnown = (integration: string, centerId: string, version: number) =>
    integrations.includes(integration) && known.has(keyOf(centerId, version))
  return [
    ...effects
      .filter((effect) => !isKeyed(effect) || !isKnown(effect.system, effect.centerId, effect.version))
      .map(({ system, centerId = 'unknown', version }) => ({
        integration: system,
        centerId,
        ...(version === undefined ? {} : { version }),
      })),
    ...deliveries
      .filter(({ integration, centerId, version }) => !isKnown(integration, centerId, version))
      .map(({ integration, centerId, version }) => ({ integration, centerId, version })),
  ]
}

/**
 * Compares what clients were promised with what the ledger shows and what arrived downstream, after faults have ended
 * and everything was given time. Every list is empty where all promises were kept. Only the newest accepted version of a
 * center must arrive: an older one may have been overtaken.
 */
export const check = (input: CheckInput): CheckResult => {
  const { integrations, answers, deliveries, effects, owes = () => true } = input
  const keyed = effects.filter(isKeyed)
  const rows = new Map(deliveries.map((row) => [keyOf(row.integration, row.centerId), row]))
  const arrived = new Map<string, number>()
  for (const { system, centerId, version } of keyed) {
    const key = keyOf(system, centerId)
    arrived.set(key, Math.max(version, arrived.get(key) ?? 0))
  }
  const accepted = Array.from(highestVersions(answers)).flatMap(([centerId, version]) =>
    integrations
      .filter((integration) => owes(integration, centerId))
      .map((integration) => ({ integration, centerId, version })),
  )
  const hasArrived = ({ integration, centerId, version }: Required<Finding>) =>
    (arrived.get(keyOf(integration, centerId)) ?? 0) >= version
  const rowOf = ({ integration, centerId, version }: Required<Finding>) => {
    const row = rows.get(keyOf(integration, centerId))
    return row && row.version >= version ? row : undefined
  }
  return {
    lost: accepted.filter((expected) => {
      const state = rowOf(expected)?.state
      return !hasArrived(expected) && (state === undefined || state === 'delivered')
    }),
    duplicated: findDuplicated(keyed),
    unexpected: findUnexpected(input),
    stuck: deliveries
      .filter(({ state }) => state !== 'delivered' && state !== 'rejected')
      .map(({ integration, centerId, version }) => ({ integration, centerId, version })),
    nonMonotonic: findNonMonotonic(keyed),
    invisible: accepted.filter((expected) => rowOf(expected) === undefined),
  }
}
