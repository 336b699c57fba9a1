import { defined, PushEnvelope, toProblem, type Problem } from '@mensageria/contracts'
import { HANDLER_MS, type DeliveryTrigger, type DeliverResult } from '@mensageria/core'
import type { AppPlugin } from '../http/app.ts'
import { toError } from '../base/is-error.ts'
import { withTimeout } from '../base/with-timeout.ts'
import type { Logger } from '../logging/logger.ts'
import { ProblemError } from '../http/errors/problem-error.ts'
import { sendProblem } from '../http/errors/send-problem.ts'
import { deliveryCauseOf } from './delivery-cause.ts'
import { RESULT_HEADER } from './delivery-result.ts'
import { decodeMessageData } from './message-data.ts'
import type { PushMessage } from './push-message.ts'
import type { PushCaller, PushVerifier } from './push-verifier.ts'
import { trackWork } from './work-in-flight.ts'

/** Where a service takes pushes. */
export const PUSH_PATH = '/push'
/** A registration has at most 64 KiB; as base64 with its attributes it stays well below. */
export const PUSH_BODY_LIMIT_BYTES = 256 * 1024

// Calls in flight at SIGTERM: 4 s to end by themselves, then aborted; settled at once after. Connections are cut at 6 s
// (closing.ts), the process ends at 9 s (end-gracefully.ts), Cloud Run kills at 10 s.
const DRAIN_MS = 4_000

/** What a handler may know of a push besides its message; `signal` aborts when the process has to end. */
export type PushContext = { trigger: DeliveryTrigger; signal: AbortSignal; log: Logger }

/** The answer to a push: only with `ack` it is 204. `result` and `throttled` say to a hand-over how it ended. */
export type PushAnswer = { ack: boolean; result?: DeliverResult['result']; throttled?: true }

export type PushPluginOptions = {
  verify: PushVerifier
  handle: (message: PushMessage, context: PushContext) => Promise<PushAnswer>
  drainMs?: number
  handlerMs?: number
}

const notAcknowledged = ({ result, throttled }: PushAnswer, handedOver: boolean): Problem => {
  const detail = result === undefined ? 'Not acknowledged' : `Not acknowledged: ${result}`
  const problem = toProblem('unavailable', { detail, instance: PUSH_PATH })
  return handedOver && result !== undefined
    ? Object.assign(problem, { result, ...defined({ throttled }) })
    : problem
}

const toMessage = (envelope: PushEnvelope, data: string): PushMessage => ({
  subscription: envelope.subscription,
  messageId: envelope.message.messageId,
  publishTime: envelope.message.publishTime,
  deliveryAttempt: envelope.deliveryAttempt ?? 1,
  attributes: envelope.message.attributes,
  data,
})

/**
 * `POST /push`: takes a wrapped Pub/Sub message from whom `verify` believes and gives it to `handle`. 204 acknowledges;
 * whatever else happens is a problem document, which the broker counts as a refusal and brings the message again.
 */
export const createPushPlugin = (options: PushPluginOptions): AppPlugin => {
  const { verify, handle, drainMs = DRAIN_MS, handlerMs = HANDLER_MS } = options
  return (app) => {
    const callers = new WeakMap<object, PushCaller>()
    const { signal, track } = trackWork(app, drainMs)

    app.route({
      url: PUSH_PATH,
      method: 'POST',
      bodyLimit: PUSH_BODY_LIMIT_BYTES,
      // A refused push costs an attempt: nothing but the handler may refuse one.
      config: { rateLimit: false },
      schema: { hide: true, body: PushEnvelope },
      // Before the body is read: it is nobody's until then.
      onRequest: async (request) => {
        const verified = await verify(request.headers.authorization)
        if (verified.ok) {
          callers.set(request, verified.caller)
          return
        }
        request.log.warn({ reason: verified.reason }, 'push.unauthenticated')
        throw new ProblemError('unauthenticated', {}, { 'www-authenticate': 'Bearer' })
      },
      handler: async (request, reply) => {
        const { attributes, messageId, data } = request.body.message
        // The event's own trace, not that of the broker's request.
        const log = app.log.child({
          requestId: request.id,
          messageId,
          subscription: request.body.subscription,
          traceparent: attributes['traceparent'],
        })
        const caller = callers.get(request)
        if (!caller) throw new Error('A push came past its check')
        const cause = deliveryCauseOf(attributes, caller)
        if ('refused' in cause) {
          log.error({ caller }, 'push.handover-refused')
          throw new ProblemError(cause.refused, { detail: 'This caller may not hand over so' })
        }
        const read = decodeMessageData(data)
        if (!read.ok) {
          log.error({ reason: read.reason }, 'message.unreadable')
          throw new ProblemError('invalid-request', { detail: read.reason })
        }
        const work = track(
          handle(toMessage(request.body, read.text), { trigger: cause.trigger, signal, log }),
        )
        // Fastify's own handlerTimeout ends with the body of the request, and so never fires for a push.
        const answer = await withTimeout(work, handlerMs).catch((error: unknown): PushAnswer => {
          log.error({ err: toError(error) }, 'push.failed')
          return { ack: false }
        })
        if (!answer.ack) {
          sendProblem(reply, notAcknowledged(answer, cause.handedOver))
          return reply
        }
        if (cause.handedOver && answer.result !== undefined) void reply.header(RESULT_HEADER, answer.result)
        return reply.code(204).send()
      },
    })
  }
}
