import type { Pause } from '../model/integration-state.ts'
import type { AuditLog, Clock, IntegrationStates } from '../ports/index.ts'

export type PausesDeps = {
  states: Pick<IntegrationStates, 'read' | 'write'>
  audit: Pick<AuditLog, 'append'>
  clock: Pick<Clock, 'now'>
}

/** Who asks, and why. */
export type PauseRequest = { actor: string; reason: string }

/**
 * Pauses and resumes an integration: no calls while it is paused, and recovery brings back by itself what was given up
 * meanwhile. Idempotent: the first pause wins. Audited before it happens.
 */
export const createPauses = ({ states, audit, clock }: PausesDeps) => {
  const write = async (
    name: string,
    action: string,
    { actor, reason }: PauseRequest,
    paused: Pause | undefined,
  ) => {
    await audit.append({ at: clock.now(), actor, action: `integration.${action}`, target: name, reason })
    await states.write(name, 'paused', paused)
  }
  const isPaused = async (name: string) => (await states.read(name))?.paused !== undefined

  return {
    /** Resolves with whether this request changed anything. */
    pause: async (name: string, request: PauseRequest): Promise<boolean> => {
      if (await isPaused(name)) return false
      await write(name, 'pause', request, { by: request.actor, reason: request.reason, at: clock.now() })
      return true
    },
    resume: async (name: string, request: PauseRequest): Promise<boolean> => {
      if (!(await isPaused(name))) return false
      await write(name, 'resume', request, undefined)
      return true
    },
  }
}

export type Pauses = ReturnType<typeof createPauses>
