import { decideRetry, parseRetryAfter, type Ended } from './decide-retry.ts'
import { isProblem } from './is-problem.ts'
import { refuseRedirect, RedirectError } from './redirect-error.ts'
import { UnreachableError } from './unreachable-error.ts'

export type RetryOptions = {
  /** All attempts of one request and the pauses between them. */
  deadlineMs: number
  /** One attempt, until its answer is there whole; what may not be repeated has all of the deadline. */
  attemptMs: number
  /** Ends every request, also in a pause. */
  signal?: AbortSignal
  /** Headers that say who asks, asked for before each attempt. */
  authorize?: () => Promise<Readonly<Record<string, string>>>
}

type Attempt = { ended: Ended; response?: Response; cause?: unknown }

const REGISTER = /\/v1\/distribution-centers$/
// Asked again, these change nothing.
const SAFE_ACTION = /:(?:pause|resume|cancel)$/
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

const isUnsent = (error: unknown): boolean => {
  const cause: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'cause') : undefined
  const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' && UNSENT.has(code)
}

const isRepeatable = (method: string, url: string, headers: Headers): boolean =>
  method !== 'POST' || headers.has('idempotency-key') || SAFE_ACTION.test(new URL(url).pathname)

const withKey = (request: Request): Headers => {
  const headers = new Headers(request.headers)
  const isRegistration = request.method === 'POST' && REGISTER.test(new URL(request.url).pathname)
  if (isRegistration && !headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID())
  return headers
}

// Read whole: an answer that breaks off is none.
const readWhole = async (response: Response): Promise<Response> => {
  const body = await response.arrayBuffer()
  const { status, statusText, headers } = response
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers })
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

// An error of ours is a problem document, and a success JSON, or nothing at all.
const isForeign = async (response: Response): Promise<boolean> => {
  const text = await response.clone().text()
  if (response.ok) return text !== '' && !isJson(text)
  return response.status !== 304 && !(isJson(text) && isProblem(JSON.parse(text)))
}

type Init = { method: string; headers: Headers; body: ArrayBuffer | null }

// Timer and listeners of its own, and no AbortSignal.timeout and AbortSignal.any: a long-lived signal would keep something of
// each of thousands of short requests.
const attemptOnce = async (
  url: string,
  init: Init,
  timeMs: number,
  signals: readonly AbortSignal[],
): Promise<Attempt> => {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeMs)
  for (const signal of signals) signal.addEventListener('abort', abort)
  try {
    throwIfAborted(signals)
    const answer = await fetch(url, { ...init, signal: controller.signal, redirect: 'manual' })
    const response = await readWhole(answer)
    refuseRedirect(url, response)
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now())
    const ended: Ended = { kind: 'answer', status: response.status, foreign: await isForeign(response) }
    return { ended: retryAfterMs === undefined ? ended : { ...ended, retryAfterMs }, response }
  } catch (cause) {
    throwIfAborted(signals)
    if (cause instanceof RedirectError) throw cause
    return { ended: { kind: 'failure', unsent: isUnsent(cause) }, cause }
  } finally {
    clearTimeout(timer)
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}

const throwIfAborted = (signals: readonly AbortSignal[]): void => {
  for (const signal of signals) signal.throwIfAborted()
}

const sleep = async (ms: number, signals: readonly AbortSignal[]): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  for (const signal of signals) signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
  clearTimeout(timer)
  throwIfAborted(signals)
}

const isForeignAnswer = (ended: Ended): boolean => ended.kind === 'answer' && ended.foreign

/**
 * A `fetch` that repeats what may be repeated until the deadline: network errors, 429, the 503 of a service that is away,
 * and what is no answer of this API. A registration gets an Idempotency-Key, the same for all of its attempts. Throws
 * `UnreachableError`, and `RedirectError` at once.
 */
export const createRetryingFetch =
  ({ deadlineMs, attemptMs, authorize, signal }: RetryOptions) =>
  async (input: Request): Promise<Response> => {
    const until = performance.now() + deadlineMs
    const headers = withKey(input)
    const { method, url } = input
    const body = input.body === null ? null : await input.arrayBuffer()
    const signals = signal ? [input.signal, signal] : [input.signal]
    const repeatable = isRepeatable(method, url, headers)
    for (let attempt = 1; ; attempt += 1) {
      for (const [name, value] of Object.entries((await authorize?.()) ?? {})) headers.set(name, value)
      const left = until - performance.now()
      // What may not be asked again is not given up for a next try either: a redrive would be made, and called unreachable.
      const timeMs = Math.max(1, repeatable ? Math.min(attemptMs, left) : left)
      const { ended, response, cause } = await attemptOnce(url, { method, headers, body }, timeMs, signals)
      const leftMs = until - performance.now()
      const waitMs = decideRetry(ended, { attempt, repeatable, leftMs, random: Math.random() })
      if (waitMs === undefined) {
        // A success that is none of ours has no data to give.
        if (response && !(response.ok && isForeignAnswer(ended))) return response
        throw new UnreachableError(new URL(url).origin, cause)
      }
      await sleep(waitMs, signals)
    }
  }
