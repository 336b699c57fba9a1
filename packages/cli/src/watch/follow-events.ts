import { setTimeout as sleep } from 'node:timers/promises'
import { RedirectError, SignInError } from '@mensageria/client'
import { CliError } from '../cli-error.ts'
import type { Context, GlobalArgs } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { nextPause } from './next-pause.ts'
import { NoStreamError, openStream } from './open-stream.ts'

export type Follower = {
  hear(event: string, data: string): void
  /** Why nothing is heard now; undefined as soon as something can be heard again. */
  onQuiet(reason: string | undefined): void
}

// Ends early with Ctrl-C, and leaves nothing on the signal, which lives as long as the command.
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)

// A person has to do something about these: asking again would change nothing.
const isFinal = (error: unknown): boolean =>
  error instanceof CliError || error instanceof RedirectError || error instanceof SignInError

const reasonOf = (error: unknown, context: Context, url: string): string => {
  if (error instanceof NoStreamError) return error.message
  const { exitCode, message } = explainError(error, context.texts)
  return exitCode === 70 ? context.texts.watch.broken(url) : message
}

/**
 * Hears the events of the service until the command ends, again and again where the stream ends, is refused or breaks.
 * Rejects where it never could: not signed in, no such path, a redirect.
 */
export const followEvents = async (args: GlobalArgs, context: Context, follower: Follower): Promise<void> => {
  const { signal, texts } = context
  const url = args.consoleUrl ?? args.url
  let failures = 0
  while (!signal.aborted) {
    let asked: number | undefined
    try {
      const events = await openStream(args, context)
      failures = 0
      follower.onQuiet(undefined)
      for await (const { event = '', data } of events) follower.hear(event, data)
    } catch (error) {
      if (signal.aborted) return
      if (isFinal(error)) throw error
      failures += 1
      asked = error instanceof NoStreamError ? error.retryAfterMs : undefined
      const seconds = Math.round(nextPause(failures, asked) / 1000)
      follower.onQuiet(texts.watch.notLive(reasonOf(error, context, url), seconds))
    }
    await pause(nextPause(failures, asked), signal)
  }
}
