import type { Problem } from '@mensageria/contracts'

export const PROBLEM_TYPE = 'application/problem+json'

type Reply = {
  code(status: number): Reply
  headers(values: Record<string, string>): Reply
  type(value: string): Reply
  send(payload: Buffer): unknown
}

/** The path of a request as a problem names it: without the query, which may hold personal data. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

/**
 * Answers with a problem document. Sent as bytes: a route's own response schemas must not judge an error, and the media
 * type stays without a charset.
 */
export const sendProblem = (
  reply: Reply,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): void => {
  reply
    .code(problem.status)
    .headers({ ...headers })
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)))
}
