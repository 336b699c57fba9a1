import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerProblem, type DeadLetterHandler, type Logger, type PushVerifier } from '@mensageria/runtime'
import { parseDeadLetterPush } from './dead-letter-push.ts'

/**
 * A message of Pub/Sub has at most 10 MB, a third more as base64, and its attributes. Whatever fits there must fit here: this
 * is where it ends, and it is kept only in part.
 */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024

export type DeadLetterPushHandlerDeps = {
  verify: PushVerifier
  handle: DeadLetterHandler
  logger: Pick<Logger, 'warn' | 'error'>
}

/** A request as the functions framework gives it. */
export type FunctionRequest = Pick<IncomingMessage, 'method' | 'headers'> & { rawBody?: Buffer }

/**
 * The function that takes what the broker gave up: 204 when it is parked or kept, and otherwise a problem document, after
 * which the broker brings it again. The process may end at any moment: what was not answered comes again.
 */
export const createDeadLetterPushHandler =
  ({ verify, handle, logger }: DeadLetterPushHandlerDeps) =>
  async ({ method, headers, rawBody = Buffer.alloc(0) }: FunctionRequest, response: ServerResponse) => {
    if (method !== 'POST') return answerProblem(response, 'method-not-allowed', undefined, { allow: 'POST' })
    try {
      const verified = await verify(headers.authorization)
      if (!verified.ok) {
        logger.warn({ reason: verified.reason }, 'push.unauthenticated')
        return answerProblem(response, 'unauthenticated', undefined, { 'www-authenticate': 'Bearer' })
      }
      if (rawBody.length > BODY_LIMIT_BYTES) return answerProblem(response, 'content-too-large')
      const push = parseDeadLetterPush(rawBody)
      if (!push.ok) {
        logger.error({ reason: push.reason }, 'push.refused')
        return answerProblem(response, 'invalid-request', push.reason)
      }
      if (await handle(push.letter)) return void response.writeHead(204).end()
      return answerProblem(response, 'unavailable', 'Not parked yet')
    } catch (error) {
      logger.error({ err: error }, 'push.failed')
      return answerProblem(response, 'unavailable')
    }
  }
