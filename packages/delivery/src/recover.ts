import {
  afterIdle,
  initialRecovery,
  nextWindow,
  openedByDelivery,
  windowSize,
  type RecoveryState,
} from './next-window.ts'
import type { Ids, Ledger } from './ports.ts'
import { createSendWindow, type Candidate, type SendWindowDeps } from './send-window.ts'
import type { IntegrationSettings } from './settings.ts'

export type RecoverDeps = SendWindowDeps & {
  ledger: Pick<Ledger, 'due' | 'replace' | 'lastDeliveredAt'>
  ids: Ids
}

/** What recovery did for one integration in one sweep, and where its window stands. */
export type Recovered = { state: RecoveryState; succeeded: number; failed: number }

/**
 * Brings an integration's backlog back: due rows and the centres it lacks, as many at a time as its window allows. Ends
 * when nothing is due, when the window says to wait beyond the deadline, or at the deadline (monotonic milliseconds).
 */
export const createRecover = (deps: RecoverDeps) => {
  const { ledger, clock, ids } = deps
  const sendWindow = createSendWindow(deps)

  const nextCandidates = async (name: string, lacking: string[], size: number): Promise<Candidate[]> => {
    const due = await ledger.due(name, clock.now(), size)
    const missing = lacking.splice(0, size - due.length)
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
    const toHeal = [...lacking]
    const total = { succeeded: 0, failed: 0 }
    let state = before ? afterIdle(before, clock.now(), recovery) : initialRecovery(clock.now())
    while (clock.monotonic() < deadline) {
      const now = clock.now()
      state = openedByDelivery(state, await ledger.lastDeliveredAt(name), now)
      const size = windowSize(state, now, recovery)
      if (size === 0) {
        const waitMs = state.nextAt - now
        if (clock.monotonic() + waitMs >= deadline) break
        await clock.sleep(waitMs)
        continue
      }
      const candidates = await nextCandidates(name, toHeal, size)
      if (candidates.length === 0) break
      const result = await sendWindow(settings, candidates)
      state = nextWindow(state, result, clock.now(), ids.random(), recovery)
      total.succeeded += result.succeeded
      total.failed += result.failed
    }
    return { state, ...total }
  }
}

export type Recover = ReturnType<typeof createRecover>
