import { AsyncLocalStorage } from 'node:async_hooks'

/** The engine gave a request up; whether its write was made is not known. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

// The client repeats a commit for 600 s with 60 s each, and its configuration cannot shorten that (write-batch.ts passes its
// own retry parameters). So each attempt gets the deadline of the operation that it belongs to.
const endsAt = new AsyncLocalStorage<number>()

/** When the operation that this code runs in must be over, in epoch milliseconds. */
export const currentDeadline = (): number | undefined => endsAt.getStore()

/** Runs an operation that must be over after `timeoutMs`, all attempts of the client library together. */
export const withinDeadline = async <T>(timeoutMs: number, work: () => Promise<T>): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new DeadlineError(`No answer within ${timeoutMs / 1000} s`)),
    timeoutMs,
  )
  try {
    return await Promise.race([endsAt.run(Date.now() + timeoutMs, work), late])
  } finally {
    clearTimeout(timer)
  }
}
