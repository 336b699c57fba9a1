import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { toProblem, type ProblemSlug } from '@mensageria/contracts'
import { PROBLEM_TYPE } from './send-problem.ts'

// How long the peer may take to read the answer before the connection is cut.
const LINGER_MS = 2_000

const toResponse = (slug: ProblemSlug, headers: Readonly<Record<string, string>>): string => {
  const problem = toProblem(slug)
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** Answers on the bare connection, where there is no reply to answer with, and ends it. */
export const endWithProblem = (
  socket: Duplex,
  slug: ProblemSlug,
  headers: Readonly<Record<string, string>> = {},
): void => {
  // Half-closed rather than destroyed: a reset would overtake the answer where the peer is still sending.
  socket.end(toResponse(slug, headers))
  const linger = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(linger))
}
