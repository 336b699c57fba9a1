import { http } from '@google-cloud/functions-framework'
import { createSweepHandler, type SweepHandlerDeps } from './sweep-handler.ts'

/** What FUNCTION_TARGET names. */
export const SWEEP_FUNCTION = 'sweep'

/** Registers the function with the framework. */
export const registerSweeper = (deps: SweepHandlerDeps): void => {
  http(SWEEP_FUNCTION, createSweepHandler(deps))
}
