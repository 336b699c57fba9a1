import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { toProblem, type ProblemSlug } from '@mensageria/contracts'
import { PROBLEM_TYPE } from './send-problem.ts'

// How long the peer may take to read the answer before the connection is cut.
const LINGER_MS = 2_000

const SLUGS: Readonly<Record<string, ProblemSlug>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'header-fields-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
}

// Once an answer has begun, anything more would be read as part of it. Node's own handler looks at the same field.
const hasBegunAnswer = (socket: Socket): boolean => {
  const message: unknown = Reflect.get(socket, '_httpMessage')
  return (
    typeof message === 'object' &&
    message !== null &&
    'headersSent' in message &&
    message.headersSent === true
  )
}

const toResponse = (slug: ProblemSlug): string => {
  const problem = toProblem(slug)
  const body = JSON.stringify(problem)
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** Answers what Node's HTTP parser refuses, on the bare socket: there is no request and no reply yet. */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  // Answered already: what else the peer sends fails here again.
  if (socket.writableEnded) return
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy()
    return
  }
  // Half-closed rather than destroyed: a reset would overtake the answer where the peer is still sending.
  socket.end(toResponse(SLUGS[error.code ?? ''] ?? 'invalid-request'))
  const linger = setTimeout(() => socket.destroy(), LINGER_MS).unref()
  socket.once('close', () => clearTimeout(linger))
}
