import type { ServerResponse } from 'node:http'
import { defined, toProblem, type ProblemSlug } from '@mensageria/contracts'
import { PROBLEM_TYPE } from './send-problem.ts'

type Headers = Readonly<Record<string, string>>

const answer = (response: ServerResponse, status: number, body: string, headers: Headers): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}

/** Answers a function's request with JSON. */
export const answerJson = (response: ServerResponse, status: number, value: unknown): void =>
  answer(response, status, JSON.stringify(value), { 'content-type': 'application/json; charset=utf-8' })

/**
 * Answers a function's request with a problem document. A function must not throw instead: the framework would show the
 * error's words.
 */
export const answerProblem = (
  response: ServerResponse,
  slug: ProblemSlug,
  detail?: string,
  headers: Headers = {},
): void => {
  const problem = toProblem(slug, defined({ detail }))
  answer(response, problem.status, JSON.stringify(problem), { ...headers, 'content-type': PROBLEM_TYPE })
}
