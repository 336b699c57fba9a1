import type { RecoveryState } from './next-window.ts'
import type { Clock, IntegrationStates } from './ports.ts'
import type { Recover, Recovered } from './recover.ts'
import type { IntegrationSettings } from './settings.ts'
import type { SweepEvents, SweptEvents } from './sweep-events.ts'

export type SweepDeps = {
  integrations: readonly IntegrationSettings[]
  states: IntegrationStates
  sweepEvents: SweepEvents
  recover: Recover
  clock: Clock
  /** Told when an integration is found to be down, and when it answers again. */
  onNews?(integration: string, news: RecoveryNews): void
}

/** What one sweep did; `recovered` by integration. */
export type SweepReport = Omit<SweptEvents, 'heal'> & { recovered: Record<string, Recovered> }

export type RecoveryNews = 'down' | 'back'

/** What a change of the window tells people: the first canary that failed, or the first success after one. */
export const recoveryNews = (
  before: RecoveryState | undefined,
  after: RecoveryState,
): RecoveryNews | undefined => {
  const wasDown = before?.phase === 'canary' && before.gapMs > 0
  const isDown = after.phase === 'canary' && after.gapMs > 0
  if (isDown && !wasDown) return 'down'
  return wasDown && after.phase === 'ramp' ? 'back' : undefined
}

/**
 * One sweep of about `budgetMs`: open events first, then the backlog of all integrations side by side, so that one that
 * hangs delays no other. May be called again before the last one is done: an integration whose recovery is still running
 * is skipped, or it would get two canaries.
 */
export const createSweep = (deps: SweepDeps) => {
  const { integrations, states, sweepEvents, recover, clock } = deps
  const running = new Set<string>()

  const recoverOne = async (settings: IntegrationSettings, lacking: readonly string[], deadline: number) => {
    const { name } = settings
    running.add(name)
    try {
      const before = await states.read(name)
      const recovered = await recover(settings, before?.recovery, lacking, deadline)
      // Written once a sweep, and only where something changed.
      if (recovered.state !== before?.recovery) {
        await states.write(name, { paused: before?.paused ?? false, recovery: recovered.state })
      }
      const news = recoveryNews(before?.recovery, recovered.state)
      if (news) deps.onNews?.(name, news)
      return recovered
    } finally {
      running.delete(name)
    }
  }

  return async (budgetMs: number): Promise<SweepReport> => {
    const deadline = clock.monotonic() + budgetMs
    const known = await Promise.all(
      integrations.map(async ({ name }) => ({ name, state: await states.read(name) })),
    )
    const paused = new Set(known.filter(({ state }) => state?.paused).map(({ name }) => name))
    // A broker that is away must not keep the backlog of the integrations from coming back.
    const swept = await sweepEvents(paused, deadline).catch((error: unknown) => ({ error }))
    const heal = 'error' in swept ? new Map<string, string[]>() : swept.heal
    const recovered: Record<string, Recovered> = {}
    const due = integrations.filter(({ name }) => !paused.has(name) && !running.has(name))
    await Promise.all(
      due.map(async (settings) => {
        recovered[settings.name] = await recoverOne(settings, heal.get(settings.name) ?? [], deadline)
      }),
    )
    if ('error' in swept) throw swept.error
    const { heal: _, ...events } = swept
    return { ...events, recovered }
  }
}

export type Sweep = ReturnType<typeof createSweep>
