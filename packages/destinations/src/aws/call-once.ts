import type { Outcome } from '@mensageria/core'
import type { Circumstances } from './classify-aws-error.ts'
import { secretsOfRequest } from './request-secrets.ts'

type Send<Output> = (watched: <Command extends Watchable>(command: Command) => Command) => Promise<Output>

/** A step of the SDK around the sending of a request, and where a command takes it. */
type Step = <Args extends { request: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) => (args: Args) => Promise<Result>
type Watchable = {
  middlewareStack: { add(step: Step, options: { step: 'deserialize'; priority: 'low' }): void }
}

export type AwsCall<Output> = {
  /** Sends one command, which it passes through `watched`. */
  send: Send<Output>
  answered: (output: Output) => Outcome
  classify: (error: unknown, circumstances: Circumstances) => Outcome
}

// The SDK looks for credentials without a look at the signal.
const endOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = () => reject(signal.reason)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })

/** What left of a request: what it signed in with, and what the network made of it where no answer came. */
type Departure = { secrets: readonly string[]; error?: unknown }

/**
 * Makes one request and says how it ended. It notices whether the request left: what went wrong before, with credentials or
 * addresses, has no effect there. What a failed request had in it for signing in is told to `hide`.
 */
export const callOnce = async <Output>(
  { send, answered, classify }: AwsCall<Output>,
  { signal, now, hide }: { signal: AbortSignal; now: () => number; hide: (secret: string) => void },
): Promise<Outcome> => {
  let left: Departure | undefined
  const step: Step = (next) => async (args) => {
    const departure: Departure = (left = { secrets: secretsOfRequest(args.request) })
    try {
      return await next(args)
    } catch (error) {
      // The SDK goes on with an error of its own where it takes this one for none.
      departure.error = error
      throw error
    }
  }
  const watched = <Command extends Watchable>(command: Command): Command => {
    command.middlewareStack.add(step, { step: 'deserialize', priority: 'low' })
    return command
  }
  let output: Output
  try {
    output = await Promise.race([send(watched), endOf(signal)])
  } catch (error) {
    const { aborted } = signal
    const reason: unknown = aborted ? signal.reason : (left?.error ?? error)
    for (const secret of left?.secrets ?? []) hide(secret)
    return classify(reason, { sent: left !== undefined, aborted, now: now() })
  }
  return answered(output)
}
