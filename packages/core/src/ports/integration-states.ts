/** Who paused an integration, when (epoch milliseconds) and why. */
import type { RecoveryState } from '../model/recovery-state.ts'
export type Pause = { by: string; at: number; reason: string }

/** What is known of an integration between two sweeps; `recovery` is absent before its first, `paused` while it is called. */
export type IntegrationState = { recovery?: RecoveryState; paused?: Pause }

/** The state of each integration. Its two parts have different writers, so each is written without touching the other. */
export type IntegrationStates = {
  read(name: string): Promise<IntegrationState | undefined>
  writeRecovery(name: string, recovery: RecoveryState): Promise<void>
  /** Pauses, or with undefined resumes. */
  writePause(name: string, paused: Pause | undefined): Promise<void>
}
