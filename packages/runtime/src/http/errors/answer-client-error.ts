import type { Duplex } from 'node:stream'
import type { ProblemSlug } from '@mensageria/contracts'
import { endWithProblem } from './raw-problem.ts'

const SLUGS: Readonly<Record<string, ProblemSlug>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'header-fields-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'content-too-large',
}

// Once an answer has begun, anything more would be read as part of it. Node's own handler looks at the same field.
const hasBegunAnswer = (socket: Duplex): boolean => {
  const message: unknown = Reflect.get(socket, '_httpMessage')
  return (
    typeof message === 'object' &&
    message !== null &&
    'headersSent' in message &&
    message.headersSent === true
  )
}

/** Answers what Node's HTTP parser refuses, on the bare socket: there is no request and no reply yet. */
export const answerClientError = (error: Error & { code?: string }, socket: Duplex): void => {
  // Answered already: what else the peer sends fails here again.
  if (socket.writableEnded) return
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunAnswer(socket)) {
    socket.destroy()
    return
  }
  endWithProblem(socket, SLUGS[error.code ?? ''] ?? 'invalid-request')
}
