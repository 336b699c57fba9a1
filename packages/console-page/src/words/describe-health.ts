import type { Integration } from '@mensageria/contracts/browser'

/** One part of the sentence that says how an integration fares; the languages have the words. */
export type Fact =
  | { key: 'recovering' | 'healthy' | 'idle' | 'nextSoon' }
  | { key: 'down' | 'failing'; ms: number | undefined }
  | { key: 'nextIn' | 'lastSuccess'; ms: number }
  | { key: 'pausedFor'; ms: number; by: string; reason: string }
  | { key: 'waiting' | 'rejected' | 'window'; count: number }

const SOON_MS = 1000

/** Deliveries that will go out by themselves: everything that is neither delivered nor rejected. */
export const waitingCount = ({ counts }: Pick<Integration, 'counts'>): number =>
  counts.waiting + counts.delivering + counts.retrying + counts.parked

const nextFact = (nextAt: string, now: number): Fact => {
  const ms = Date.parse(nextAt) - now
  return ms < SOON_MS ? { key: 'nextSoon' } : { key: 'nextIn', ms }
}

const since = (at: string, now: number): number => Math.max(0, now - Date.parse(at))

const healthFacts = (integration: Integration, outageAt: number | undefined, now: number): Fact[] => {
  const { health, counts, paused, recovery, lastSuccessAt } = integration
  const outage = outageAt === undefined ? undefined : now - outageAt
  switch (health) {
    case 'paused':
      return paused
        ? [{ key: 'pausedFor', ms: since(paused.at, now), by: paused.by, reason: paused.reason }]
        : []
    case 'down':
    case 'failing':
      return [{ key: health, ms: outage }]
    case 'recovering':
      return [
        { key: 'recovering' },
        ...(recovery?.phase === 'ramp' ? [{ key: 'window' as const, count: recovery.window }] : []),
      ]
    case 'healthy':
      if (lastSuccessAt === undefined) return counts.rejected > 0 ? [] : [{ key: 'idle' }]
      return [
        // Not all is well where somebody is needed.
        ...(counts.rejected > 0 ? [] : [{ key: 'healthy' as const }]),
        { key: 'lastSuccess', ms: since(lastSuccessAt, now) },
      ]
    default:
      return health satisfies never
  }
}

/**
 * Says how an integration fares, as parts of one sentence: "fora do ar há 12 min, 37 centros esperando, próxima tentativa
 * em 40 s". `outageAt` is when its outage began.
 */
export const describeHealth = (
  integration: Integration,
  outageAt: number | undefined,
  now: number,
): Fact[] => {
  const waiting = waitingCount(integration)
  const { health, recovery, counts } = integration
  return [
    ...healthFacts(integration, outageAt, now),
    ...(waiting > 0 ? [{ key: 'waiting' as const, count: waiting }] : []),
    ...(health === 'down' && recovery ? [nextFact(recovery.nextAt, now)] : []),
    ...(counts.rejected > 0 ? [{ key: 'rejected' as const, count: counts.rejected }] : []),
  ]
}
