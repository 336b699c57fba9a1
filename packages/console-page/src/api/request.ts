import { Problem } from '@mensageria/contracts/browser'
import type { z } from 'zod'
import { noteAnswer } from './reachability.ts'

/** The server refused or could not; `status` is 0 where there was no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly problem: Problem | undefined
  constructor(status: number, problem?: Problem) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`)
    this.status = status
    this.problem = problem
  }
}

const TIMEOUT_MS = 30_000

const toError = async (answer: Response): Promise<ApiError> => {
  const problem = Problem.safeParse(await answer.json().catch(() => undefined))
  return new ApiError(answer.status, problem.data)
}

/** Sends a request to the API; throws an ApiError unless it succeeds. */
export const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
  const signals = [AbortSignal.timeout(TIMEOUT_MS), ...(init.signal ? [init.signal] : [])]
  const answer = await fetch(path, { ...init, signal: AbortSignal.any(signals) }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    noteAnswer(false)
    throw new ApiError(0)
  })
  noteAnswer(true)
  if (!answer.ok) throw await toError(answer)
  return answer
}

/** Reads from the API; what comes is checked against its schema. */
export const read = async <T>(schema: z.ZodType<T>, path: string, signal?: AbortSignal): Promise<T> => {
  const answer = await send(path, signal ? { signal } : {})
  return schema.parse(await answer.json())
}

/** Sends a command to the API. */
export const write = async <T>(
  schema: z.ZodType<T>,
  path: string,
  body: object = {},
  method: 'POST' | 'PUT' = 'POST',
): Promise<T> => {
  const answer = await send(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return schema.parse(await answer.json())
}

/** A path with the parameters that have a value. */
export const withQuery = (
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`
}
