import type { Redrive } from '../model/redrive.ts'
import { isLaneDone } from './redrive-steps.ts'
import type { IntegrationSettings } from '../model/settings.ts'
import { createStepRedrive, type StepRedriveDeps } from './step-redrive.ts'

export type RunRedrivesDeps = StepRedriveDeps & { integrations: readonly IntegrationSettings[] }

/**
 * Takes every active redrive as far as it gets until the deadline (monotonic milliseconds), the integrations side by side.
 * The lanes of one integration run one after the other, so that two redrives never have the same row in work; one whose
 * lanes still run is left to the sweep that runs them.
 */
export const createRunRedrives = (deps: RunRedrivesDeps) => {
  const { redrives, clock, integrations } = deps
  const step = createStepRedrive(deps)
  const running = new Set<string>()

  const runLanes = async (settings: IntegrationSettings, active: readonly Redrive[], deadline: number) => {
    const { name } = settings
    const mine = active.filter(({ lanes }) =>
      lanes.some((lane) => lane.integration === name && !isLaneDone(lane)),
    )
    if (mine.length === 0 || running.has(name)) return
    running.add(name)
    try {
      for (const { id } of mine) {
        let goesOn = true
        while (goesOn && clock.monotonic() < deadline) goesOn = await step(id, settings, deadline)
      }
    } finally {
      running.delete(name)
    }
  }

  return async (deadline: number): Promise<void> => {
    const active = await redrives.active()
    await Promise.all(integrations.map((settings) => runLanes(settings, active, deadline)))
  }
}

export type RunRedrives = ReturnType<typeof createRunRedrives>
