import { notAfter, passedMs } from '../model/believed.ts'
import { createMutex } from '../mutex.ts'
import type { IntegrationState, Outage } from '../model/integration-state.ts'
import type { RecoveryState } from '../model/recovery-state.ts'
import type { Clock, IntegrationStates, Stats } from '../ports/index.ts'
import { isFailing } from '../stats/counts.ts'
import type { SweepObserver } from './sweep-notice.ts'

/**
 * How long the newest attempts of an integration must fail before people are told: longer than a hiccup, and with a count a
 * minute well within the five minutes that reliability.md (I8) allows.
 */
export const DOWN_AFTER_MS = 120_000

/** What a change of the window says: the first canary that failed, or the first success after one. */
export const healthChangeOf = (
  before: RecoveryState | undefined,
  after: RecoveryState,
): 'down' | 'back' | undefined => {
  const wasDown = before?.phase === 'canary' && before.gapMs > 0
  const isDown = after.phase === 'canary' && after.gapMs > 0
  if (isDown && !wasDown) return 'down'
  return wasDown && after.phase === 'ramp' ? 'back' : undefined
}

/** The outage as it is to be remembered, and what people are told. */
export type OutageDecision = { outage: Outage | undefined; tell?: 'down' | 'back' }

/** Decides from the newest attempts: `failing` for DOWN_AFTER_MS without a success between is an outage, told once. */
export const decideOutage = (known: Outage | undefined, failing: boolean, now: number): OutageDecision => {
  if (!failing)
    return known?.reportedAt === undefined ? { outage: undefined } : { outage: undefined, tell: 'back' }
  if (!known) return { outage: { failingSince: now } }
  const failingSince = notAfter(known.failingSince, now)
  if (known.reportedAt !== undefined || passedMs(failingSince, now) < DOWN_AFTER_MS)
    return { outage: failingSince === known.failingSince ? known : { ...known, failingSince } }
  return { outage: { failingSince, reportedAt: now }, tell: 'down' }
}

export type HealthWatchDeps = {
  integrations: readonly { name: string }[]
  states: Pick<IntegrationStates, 'all' | 'write'>
  stats: Pick<Stats, 'ofIntegration'>
  clock: Pick<Clock, 'now'>
  observe: SweepObserver
}

/**
 * Tells once when an integration goes down and once when it is back, whether its backlog shows it (recovery) or its newest
 * attempts do (stats): what was told is remembered with the integration, so no restart tells it again. Both are asked in one
 * sweep, side by side: each turn begins with what the turn before it has remembered.
 */
export const createHealthWatch = ({ integrations, states, stats, clock, observe }: HealthWatchDeps) => {
  const inTurn = createMutex()

  const apply = async (name: string, known: Outage | undefined, { outage, tell }: OutageDecision) => {
    if (outage !== known) await states.write(name, 'outage', outage)
    if (tell)
      observe({ notice: tell === 'down' ? 'integration.down' : 'integration.back', integration: name })
  }

  return {
    /** After each recovery: what its window says. */
    seeRecovery: async (
      name: string,
      { recovery }: Pick<IntegrationState, 'recovery'>,
      after: RecoveryState,
    ): Promise<void> => {
      const change = healthChangeOf(recovery, after)
      if (change === undefined) return
      await inTurn(async () => {
        const outage = (await states.all()).get(name)?.outage
        const now = clock.now()
        if (change === 'down' && outage?.reportedAt === undefined)
          await apply(name, outage, {
            outage: { failingSince: notAfter(outage?.failingSince ?? now, now), reportedAt: now },
            tell: 'down',
          })
        if (change === 'back' && outage?.reportedAt !== undefined)
          await apply(name, outage, { outage: undefined, tell: 'back' })
      })
    },

    /** After each count: what the newest attempts say. */
    seeStats: (): Promise<void> =>
      inTurn(async () => {
        const known = await states.all()
        const now = clock.now()
        for (const { name } of integrations) {
          const { outage, paused } = known.get(name) ?? {}
          // While nothing is called nothing is known.
          if (paused) continue
          const failing = isFailing(await stats.ofIntegration(name))
          await apply(name, outage, decideOutage(outage, failing, now))
        }
      }),
  }
}

export type HealthWatch = ReturnType<typeof createHealthWatch>
