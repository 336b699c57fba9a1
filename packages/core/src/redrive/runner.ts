import type { RedriveWithLanes } from '../model/redrive.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import { changeHeader, changeLane } from './change.ts'
import { createLaneStep, type LaneStepDeps } from './lane-step.ts'
import { isLeasedBy } from './send-lane.ts'
import { afterLanes, endLane, isLaneDone, leftOf } from './transitions.ts'

export type RunRedrivesDeps = LaneStepDeps & {
  integrations: readonly IntegrationSettings[]
  /** Told after each sweep of a redrive that had something to do. */
  onProgress(redrive: RedriveWithLanes): void
}

/**
 * Takes every open redrive as far as it gets until the deadline (monotonic milliseconds), the integrations side by side.
 * The lanes of one integration run one after the other, the shortest redrive first, so that two never have the same row in
 * work and one delivery does not wait for a backlog; a lane that still runs is waited for. Lanes of the
 * integrations that are `gone` for good are ended.
 */
export const createRunRedrives = (deps: RunRedrivesDeps) => {
  const { redrives, ledger, clock, integrations } = deps
  const step = createLaneStep(deps)
  const running = new Map<string, Promise<void>>()

  const runLanes = async (
    settings: IntegrationSettings,
    active: readonly RedriveWithLanes[],
    deadline: number,
  ) => {
    const { name } = settings
    const mine = active.filter(({ lanes }) =>
      lanes.some((lane) => lane.integration === name && !isLaneDone(lane)),
    )
    if (mine.length === 0) return
    for (let work = running.get(name); work; work = running.get(name)) {
      await work.catch(() => undefined)
      if (clock.monotonic() >= deadline) return
    }
    const runMine = async () => {
      for (const { redrive } of mine) {
        let goesOn = true
        while (goesOn && clock.monotonic() < deadline) goesOn = await step(redrive.id, settings, deadline)
      }
    }
    const done = runMine().finally(() => running.delete(name))
    running.set(name, done)
    await done
  }

  const listed = new Set(integrations.map(({ name }) => name))

  // Nobody runs the lanes of an integration that is gone, nor those of one that is not in the list of a cancelled redrive.
  const endGone = async ({ redrive, lanes }: RedriveWithLanes, gone: ReadonlySet<string>) => {
    for (const lane of lanes) {
      const { integration } = lane
      const isGone = gone.has(integration) || (redrive.state === 'cancelled' && !listed.has(integration))
      if (isGone && !isLaneDone(lane)) await changeLane(redrives, redrive.id, integration, endLane)
    }
  }

  // Whether no call of a paused redrive is under way, in this process or another.
  const isIdle = async (id: string): Promise<boolean> => {
    const found = await redrives.read(id)
    if (found?.redrive.state !== 'paused') return false
    for (const { lane } of found.lanes) {
      const { integration, sending } = lane
      if (sending.length > 0 && running.has(integration)) return false
      for (const centerId of sending)
        if (isLeasedBy(await ledger.read({ integration, centerId }), id)) return false
    }
    return true
  }

  // Closes what has nothing left to do, and tells how far it is.
  const close = async ({ redrive }: RedriveWithLanes) => {
    const idle = await isIdle(redrive.id)
    const found = await changeHeader(redrives, redrive.id, (now, lanes) => afterLanes(now, lanes, idle))
    if (found) deps.onProgress({ redrive: found.redrive, lanes: found.lanes.map(({ lane }) => lane) })
  }

  return async (deadline: number, gone: ReadonlySet<string>): Promise<void> => {
    const active = await redrives.active()
    if (active.length === 0) return
    const shortestFirst = active.toSorted(
      (a, b) =>
        leftOf(a.redrive, a.lanes) - leftOf(b.redrive, b.lanes) || a.redrive.createdAt - b.redrive.createdAt,
    )
    for (const one of active) await endGone(one, gone)
    await Promise.all(integrations.map((settings) => runLanes(settings, shortestFirst, deadline)))
    for (const one of active) await close(one)
  }
}

export type RunRedrives = ReturnType<typeof createRunRedrives>
