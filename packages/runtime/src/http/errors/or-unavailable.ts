import { InvalidPageTokenError } from '@mensageria/core'
import { ProblemError } from './problem-error.ts'

const DETAIL = 'The request could not be completed: send it again'

/** Waits for the store. What it throws becomes a 503; the caller never sees the cause, the log line has its stack. */
export const orUnavailable = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof InvalidPageTokenError) throw cause
    const problem = new ProblemError('unavailable', { detail: DETAIL }, {}, { cause })
    // Other problems are part of the job; this one is a fault, and only faults get their stack into the log.
    throw Object.defineProperty(problem, 'expected', { value: false })
  }
}
