import type { IntegrationState } from '../model/integration-state.ts'
import { rowsDue } from '../model/due.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import type { Clock, IntegrationStates, Ledger } from '../ports/index.ts'
import { windowSize } from '../recovery/next-window.ts'
import type { Recover, Recovered } from '../recovery/recover.ts'
import type { RunRedrives } from '../redrive/runner.ts'
import type { HealthWatch } from './health-watch.ts'
import type { Maintenance } from './maintenance.ts'
import { centersToReconcile, type CheckedEvents, type OpenEvents } from './open-events.ts'

export type SweepDeps = {
  integrations: readonly IntegrationSettings[]
  states: Pick<IntegrationStates, 'all' | 'write'>
  ledger: Pick<Ledger, 'hasDue'>
  /** Must resolve before events are closed; gives the integrations that are gone for good. */
  membership: (known: ReadonlyMap<string, IntegrationState>, deadline: number) => Promise<ReadonlySet<string>>
  openEvents: OpenEvents
  recover: Recover
  runRedrives: RunRedrives
  maintenance: Maintenance
  health: Pick<HealthWatch, 'seeRecovery'>
  clock: Clock
}

/** What one sweep did; `recovered` by integration. */
export type SweepReport = Omit<CheckedEvents, 'missing' | 'errors'> & { recovered: Record<string, Recovered> }

const NO_EVENTS: CheckedEvents = { closed: 0, published: 0, waiting: 0, missing: [], errors: [] }

/** Which integrations are paused, and when the window of each opens (epoch milliseconds). */
const windowsOf = (
  integrations: readonly IntegrationSettings[],
  known: ReadonlyMap<string, IntegrationState>,
  now: number,
) => {
  const paused = new Set<string>()
  const opensAt = new Map<string, number>()
  for (const { name, recovery } of integrations) {
    const state = known.get(name)
    if (state?.paused) paused.add(name)
    const window = state?.recovery
    opensAt.set(name, window && windowSize(window, now, recovery) === 0 ? window.nextAt : now)
  }
  return { paused, opensAt }
}

/** Whether any row of these integrations is due. */
const hasDue = async (
  ledger: SweepDeps['ledger'],
  integrations: readonly IntegrationSettings[],
  now: number,
): Promise<boolean> => {
  if (integrations.length === 0) return false
  const latest = Math.max(...integrations.map((settings) => rowsDue(settings, now).latest))
  return ledger.hasDue(
    integrations.map(({ name }) => name),
    { now, latest },
  )
}

/** Recovery of one integration at a time, whichever sweep it is for. */
const createRecoverOne = ({
  states,
  recover,
  health,
  clock,
}: Pick<SweepDeps, 'states' | 'recover' | 'health' | 'clock'>) => {
  const running = new Map<string, Promise<Recovered>>()

  const recoverNow = async (
    settings: IntegrationSettings,
    before: IntegrationState,
    missing: readonly string[],
    deadline: number,
  ) => {
    const { name } = settings
    const recovered = await recover(settings, before.recovery, missing, deadline)
    // Written once a sweep, and only where something changed.
    if (recovered.state !== before.recovery) await states.write(name, 'recovery', recovered.state)
    await health.seeRecovery(name, before, recovered.state)
    return recovered
  }

  // A call that was begun before the deadline of one sweep may end within the next: that one goes on where it stood.
  return async (
    settings: IntegrationSettings,
    known: IntegrationState,
    missing: readonly string[],
    deadline: number,
  ): Promise<Recovered | undefined> => {
    const { name } = settings
    let recovery = known.recovery
    for (let work = running.get(name); work; work = running.get(name)) {
      const ended = await work.catch(() => undefined)
      if (clock.monotonic() >= deadline) return undefined
      if (ended) recovery = ended.state
    }
    const before = recovery ? { ...known, recovery } : known
    const done = recoverNow(settings, before, missing, deadline).finally(() => running.delete(name))
    running.set(name, done)
    return done
  }
}

/**
 * One sweep of about `budgetMs`: the list of integrations and the open events first, then the backlog of all integrations
 * side by side, what people asked for, and maintenance, so that none that hangs or fails delays another. Rejects at the end
 * with what failed. May be called again before the last one is done: it waits for a recovery that is still running, and goes
 * on where that stood, or an integration would get two canaries.
 */
export const createSweep = (deps: SweepDeps) => {
  const { integrations, states, ledger, openEvents, clock } = deps
  const recoverOne = createRecoverOne(deps)

  return async (budgetMs: number): Promise<SweepReport> => {
    const startedAt = clock.monotonic()
    const deadline = startedAt + budgetMs
    const failures: unknown[] = []
    const orElse =
      <T>(rest: T) =>
      (error: unknown): T => {
        failures.push(error)
        return rest
      }
    const known = await states.all()
    const windows = windowsOf(integrations, known, clock.now())
    const gone = await deps.membership(known, startedAt + budgetMs / 2).catch(orElse(undefined))
    // Without its list remembered a sweep closes nothing. And a broker that is away must not keep the backlog of the
    // integrations from coming back: half of the time is theirs.
    const checked =
      gone === undefined
        ? NO_EVENTS
        : await openEvents.check(windows, startedAt + budgetMs / 2).catch(orElse(NO_EVENTS))
    const reconcile = centersToReconcile(checked.missing)
    const recovered: Record<string, Recovered> = {}
    const reconciled = new Map<string, ReadonlySet<string>>()
    const beside = [
      deps.runRedrives(deadline, gone ?? new Set()).catch(orElse(undefined)),
      deps.maintenance(gone ?? new Set(), deadline).catch(orElse(undefined)),
    ]
    const free = integrations.filter(({ name }) => !windows.paused.has(name))
    const due =
      reconcile.size > 0 || (await hasDue(ledger, free, clock.now()).catch(orElse(false))) ? free : []
    await Promise.all(
      due.map(async (settings) => {
        const { name } = settings
        const missing = [...(reconcile.get(name) ?? [])]
        const done = await recoverOne(settings, known.get(name) ?? {}, missing, deadline).catch(
          orElse(undefined),
        )
        if (!done) return
        recovered[name] = done
        reconciled.set(name, new Set(done.reconciled))
      }),
    )
    const tried = checked.missing.filter(({ event, integrations: names }) =>
      names.every((name) => reconciled.get(name)?.has(event.centerId)),
    )
    await openEvents.postponeTried(tried).catch(orElse(undefined))
    await Promise.all(beside)
    const { missing: _, errors: eventErrors, ...events } = checked
    const errors = [...eventErrors, ...failures]
    if (errors.length === 1) throw errors[0]
    if (errors.length > 1) throw new AggregateError(errors, `${errors.length} parts of the sweep failed`)
    return { ...events, recovered }
  }
}

export type Sweep = ReturnType<typeof createSweep>
