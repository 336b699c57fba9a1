import type { IntegrationState } from '../model/integration-state.ts'

/** The state of each integration. Its parts have different writers, so each is written without touching the others. */
export type IntegrationStates = {
  /** What is known of one integration; it may lag some seconds behind what other processes wrote. */
  read(name: string): Promise<IntegrationState | undefined>
  /** Everything that is known, by integration, also of those that are not in the list any more; read anew. */
  all(): Promise<ReadonlyMap<string, IntegrationState>>
  /** Replaces one part, or with undefined removes it. Durable when it resolves. */
  write<Part extends keyof IntegrationState>(
    name: string,
    part: Part,
    value: IntegrationState[Part] | undefined,
  ): Promise<void>
}
