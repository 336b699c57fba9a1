import { parseRetryAfter, refuseRedirect } from '@mensageria/client'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { failureOf } from '../answer.ts'
import type { CliError } from '../cli-error.ts'
import { headersOf, type Context, type GlobalArgs } from '../context.ts'

/** The service has no stream for us right now. */
export class NoStreamError extends Error {
  override readonly name = 'NoStreamError'
  readonly retryAfterMs: number | undefined

  constructor(failure: CliError, retryAfterMs: number | undefined) {
    super(failure.message, { cause: failure })
    this.retryAfterMs = retryAfterMs
  }
}

// What the same request gets again until a person does something.
const FINAL = new Set([401, 403, 404, 405, 407, 421])
const EXCERPT = 4096

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refusalOf = async (answer: Response, { texts }: Context): Promise<Error> => {
  const body = parse((await answer.text()).slice(0, EXCERPT))
  const failure = failureOf(body, answer.status, texts)
  if (FINAL.has(answer.status)) return failure
  return new NoStreamError(failure, parseRetryAfter(answer.headers.get('retry-after'), Date.now()))
}

const isStream = ({ ok, headers }: Response): boolean =>
  ok && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')

/**
 * Asks for the events of the service. Throws `NoStreamError` where it has none right now, a `CliError` where it would have
 * none however often it is asked, and `RedirectError`; what signs us in follows no redirect.
 */
export const openStream = async (
  args: GlobalArgs,
  context: Context,
): Promise<AsyncIterable<{ event?: string | undefined; data: string }>> => {
  const url = `${args.consoleUrl ?? args.url}/v1/events`
  const answer = await fetch(url, {
    headers: await headersOf(args, context),
    redirect: 'manual',
    signal: context.signal,
  })
  refuseRedirect(url, answer)
  if (!isStream(answer) || !answer.body) throw await refusalOf(answer, context)
  return answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
}
