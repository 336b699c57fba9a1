import type { RecoveryState } from '../model/recovery-state.ts'
import { afterIdle, initialRecovery, nextWindow, openedByDelivery, windowSize } from './next-window.ts'
import type { Ids, Ledger } from '../ports/index.ts'
import { rowsDue } from '../model/due.ts'
import { fittingHandOvers, type RateBudgets } from './rate-budget.ts'
import { createSendWindow, type Candidate, type SendWindowDeps } from './send-window.ts'
import type { IntegrationSettings } from '../model/settings.ts'

export type RecoverDeps = SendWindowDeps & {
  ledger: Pick<Ledger, 'due' | 'replace' | 'lastDeliveredAt'>
  ids: Ids
  budgets: RateBudgets
}

/**
 * What recovery did for one integration in one sweep, and where its window stands; `reconciled` are those of the centers it
 * lacks that were handed over, however that ended.
 */
export type Recovered = { state: RecoveryState; succeeded: number; failed: number; reconciled: string[] }

/**
 * Brings an integration's backlog back: due rows and the centers it lacks, as many at a time as its window allows. Ends
 * when nothing is due, when the window says to wait beyond the deadline, or at the deadline (monotonic milliseconds).
 */
export const createRecover = (deps: RecoverDeps) => {
  const { ledger, clock, ids, budgets } = deps
  const sendWindow = createSendWindow(deps)

  const nextCandidates = async (
    settings: IntegrationSettings,
    toReconcile: ReadonlySet<string>,
    size: number,
  ): Promise<Candidate[]> => {
    const due = await ledger.due(settings.name, rowsDue(settings, clock.now()), size)
    const isDue = new Set(due.map(({ row }) => row.centerId))
    const missing = [...toReconcile].filter((centerId) => !isDue.has(centerId)).slice(0, size - due.length)
    return [
      ...due.map((found) => ({ centerId: found.row.centerId, due: found })),
      ...missing.map((centerId) => ({ centerId })),
    ]
  }

  return async (
    settings: IntegrationSettings,
    before: RecoveryState | undefined,
    lacking: readonly string[],
    deadline: number,
  ): Promise<Recovered> => {
    const { name, recovery } = settings
    const missing = new Set(lacking)
    const total = { succeeded: 0, failed: 0 }
    let state = before ? afterIdle(before, clock.now(), recovery) : initialRecovery(clock.now())
    while (clock.monotonic() < deadline) {
      const now = clock.now()
      state = openedByDelivery(state, await ledger.lastDeliveredAt(name), now)
      const size = Math.min(
        windowSize(state, now, recovery),
        fittingHandOvers(deadline - clock.monotonic(), recovery),
      )
      const waitMs = size === 0 ? state.nextAt - now : budgets.waitMs(settings)
      if (waitMs > 0) {
        if (clock.monotonic() + waitMs >= deadline) break
        await clock.sleep(waitMs)
        continue
      }
      const candidates = await nextCandidates(settings, missing, size)
      if (candidates.length === 0) break
      if (!budgets.take(settings, candidates.length)) continue
      const begunAt = clock.monotonic()
      const { untried, ...result } = await sendWindow(settings, candidates, deadline)
      const tried = candidates.filter((candidate) => !untried.includes(candidate))
      for (const { centerId } of tried) missing.delete(centerId)
      // The deadline was faster: that says nothing about the system.
      if (tried.length === 0) break
      const tookMs = clock.monotonic() - begunAt
      state = nextWindow(state, { ...result, tookMs }, clock.now(), ids.random(), recovery)
      total.succeeded += result.succeeded
      total.failed += result.failed
    }
    return { state, ...total, reconciled: lacking.filter((centerId) => !missing.has(centerId)) }
  }
}

export type Recover = ReturnType<typeof createRecover>
