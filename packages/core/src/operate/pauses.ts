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
 * meanwhile. Idempotent: another pause changes only who asked and why, since when it is paused stays. Audited before it happens.
 */
export const createPauses = ({ states, audit, clock }: PausesDeps) => {
  const write = async (
    name: string,
    action: 'pause' | 'resume',
    { actor, reason }: PauseRequest,
    paused: Pause | undefined,
  ) => {
    await audit.append({ at: clock.now(), actor, action: `integration.${action}`, target: name, reason })
    await states.write(name, 'paused', paused)
  }
  const pauseOf = async (name: string) => (await states.read(name))?.paused

  return {
    /** Resolves with whether this request changed anything. */
    pause: async (name: string, request: PauseRequest): Promise<boolean> => {
      const { actor: by, reason } = request
      const before = await pauseOf(name)
      if (before?.reason === reason) return false
      await write(name, 'pause', request, { by, reason, at: before?.at ?? clock.now() })
      return true
    },
    resume: async (name: string, request: PauseRequest): Promise<boolean> => {
      if ((await pauseOf(name)) === undefined) return false
      await write(name, 'resume', request, undefined)
      return true
    },
  }
}

export type Pauses = ReturnType<typeof createPauses>
