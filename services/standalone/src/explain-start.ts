import { EngineError } from '@mensageria/embedded'
import { explainStart as explain } from '@mensageria/runtime'

/** Why the start failed and what to do, for people; the engine's own errors are sentences already. */
export const explainStart = (error: unknown): string =>
  error instanceof EngineError ? error.message : explain(error)
