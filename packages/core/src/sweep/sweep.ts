import type { RecoveryState } from '../model/recovery-state.ts'
import { windowSize } from '../recovery/next-window.ts'
import type { Clock, IntegrationStates, Ledger } from '../ports/index.ts'
import type { Recover, Recovered } from '../recovery/recover.ts'
import type { RunRedrives } from '../redrive/run-redrives.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { Retire } from './retire.ts'
import { centersToReconcile, type SweepEvents, type SweptEvents } from './sweep-events.ts'

export type SweepDeps = {
  integrations: readonly IntegrationSettings[]
  states: IntegrationStates
  ledger: Pick<Ledger, 'hasDue'>
  sweepEvents: SweepEvents
  recover: Recover
  /** Takes what people asked for some steps further; absent where no engine keeps redrives. */
  runRedrives?: RunRedrives
  /** Closes what integrations that are gone have left; absent where no engine finds it. */
  retire?: Retire
  clock: Clock
  /** Told when an integration is found to be down, and when it answers again. */
  onHealthChange?(integration: string, news: HealthChange): void
}

/** What one sweep did; `recovered` by integration, `retired` by those that are gone. */
export type SweepReport = Omit<SweptEvents, 'lacking' | 'errors'> & {
  recovered: Record<string, Recovered>
  retired: Record<string, number>
}

export type HealthChange = 'down' | 'back'

/** What a change of the window tells people: the first canary that failed, or the first success after one. */
export const healthChangeOf = (
  before: RecoveryState | undefined,
  after: RecoveryState,
): HealthChange | undefined => {
  const wasDown = before?.phase === 'canary' && before.gapMs > 0
  const isDown = after.phase === 'canary' && after.gapMs > 0
  if (isDown && !wasDown) return 'down'
  return wasDown && after.phase === 'ramp' ? 'back' : undefined
}

const NO_EVENTS: SweptEvents = { closed: 0, published: 0, waiting: 0, lacking: [], errors: [] }

/**
 * One sweep of about `budgetMs`: open events first, then the backlog of all integrations side by side, so that one that
 * hangs delays no other. May be called again before the last one is done: an integration whose recovery is still running
 * is skipped, or it would get two canaries.
 */
export const createSweep = (deps: SweepDeps) => {
  const { integrations, states, ledger, sweepEvents, recover, clock } = deps
  const running = new Set<string>()

  const recoverOne = async (settings: IntegrationSettings, lacking: readonly string[], deadline: number) => {
    const { name } = settings
    running.add(name)
    try {
      const before = await states.read(name)
      const recovered = await recover(settings, before?.recovery, lacking, deadline)
      // Written once a sweep, and only where something changed.
      if (recovered.state !== before?.recovery) {
        await states.writeRecovery(name, recovered.state)
      }
      const news = healthChangeOf(before?.recovery, recovered.state)
      if (news) deps.onHealthChange?.(name, news)
      return recovered
    } finally {
      running.delete(name)
    }
  }

  const look = async () => {
    const now = clock.now()
    const paused = new Set<string>()
    const opensAt = new Map<string, number>()
    await Promise.all(
      integrations.map(async ({ name, recovery }) => {
        const state = await states.read(name)
        if (state?.paused) paused.add(name)
        const window = state?.recovery
        opensAt.set(name, window && windowSize(window, now, recovery) === 0 ? window.nextAt : now)
      }),
    )
    return { paused, opensAt }
  }

  return async (budgetMs: number): Promise<SweepReport> => {
    const startedAt = clock.monotonic()
    const deadline = startedAt + budgetMs
    const known = await look()
    // A broker that is away must not keep the backlog of the integrations from coming back: half of the time is theirs.
    const swept = await sweepEvents
      .look(known, startedAt + budgetMs / 2)
      .catch((error: unknown): SweptEvents => ({ ...NO_EVENTS, errors: [error] }))
    const reconcile = centersToReconcile(swept.lacking)
    const recovered: Record<string, Recovered> = {}
    const free = integrations.filter(({ name }) => !known.paused.has(name) && !running.has(name))
    const names = free.map(({ name }) => name)
    const due = reconcile.size > 0 || (await ledger.hasDue(names, clock.now())) ? free : []
    const reconciled = new Map<string, ReadonlySet<string>>()
    const failures: unknown[] = []
    const retired = deps.retire?.(deadline).catch((error: unknown) => {
      failures.push(error)
      return {}
    })
    const redriven = deps.runRedrives?.(deadline).catch((error: unknown) => failures.push(error))
    await Promise.all(
      due.map(async (settings) => {
        const { name } = settings
        const done = await recoverOne(settings, [...(reconcile.get(name) ?? [])], deadline)
        recovered[name] = done
        reconciled.set(name, new Set(done.reconciled))
      }),
    )
    const tried = swept.lacking.filter(({ event, integrations: lacking }) =>
      lacking.every((name) => reconciled.get(name)?.has(event.centerId)),
    )
    await sweepEvents.postponeTried(tried)
    await redriven
    const gone = (await retired) ?? {}
    const { lacking: _, errors: eventErrors, ...events } = swept
    const errors = [...eventErrors, ...failures]
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} parts of the sweep failed`)
    return { ...events, recovered, retired: gone }
  }
}

export type Sweep = ReturnType<typeof createSweep>
